/* The shipped knowledge, compiled, as read-only data.  KNOWLEDGE is the file's name; the
 * bare program, which compiles it, has none. */
    .section .rodata
    .balign 16
    .globl knowledge_start
    .globl knowledge_end
knowledge_start:
#ifdef KNOWLEDGE
    .incbin KNOWLEDGE
#endif
knowledge_end:
    .byte 0
    .section .note.GNU-stack, "", %progbits
