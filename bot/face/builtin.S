/* The compiled knowledge as read-only data.  KNOWLEDGE is the file's name. */
    .section .rodata
    .balign 16
    .globl knowledge_start
    .globl knowledge_end
knowledge_start:
    .incbin KNOWLEDGE
knowledge_end:
    .byte 0
    .section .note.GNU-stack, "", %progbits
