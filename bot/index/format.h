/* index/format.h -- the compiled knowledge file (.osx).
 *
 * Little-endian, position independent; every number is read byte by byte, so
 * nothing depends on alignment.  Written and read here alone: index/writer.c,
 * index/reader.c and, inside their sections, the modules named below.
 *
 *   file      = header table { section }            sections start at multiples of 16
 *   header    = "osseo\r\n\x1A" version:u32 n_sections:u32 n_bytes:u64
 *               table_checksum:u32 reserved:u32     32 bytes; checksums are CRC-32
 *   table     = { kind:u32 checksum:u32 offset:u64 n_bytes:u64 }
 *
 * The magic's end shows a file that was sent as text.  Opening checks the
 * header and the table, which costs the same for any number of passages;
 * `osseo check FILE` holds every section against its checksum.  What a section
 * says is checked where it is used.
 *
 *   SECTION_COUNTS     n_passages n_terms n_topics n_articles n_sources: u32 each
 *   SECTION_STRINGS    all text; a `text` elsewhere is offset:u32 n_bytes:u32 into it
 *   SECTION_TERMS      see index/terms.h
 *   SECTION_TERM_BLOCKS likewise
 *   SECTION_POSTINGS   see index/postings.h
 *   SECTION_IMPACTS    (N_TF_CODES, N_LENGTH_CODES) u8, see index/impact.h
 *   SECTION_LENGTHS    (n_passages) code of the length: u8
 *   SECTION_PASSAGES   (n_passages) text_offset:u64 text_bytes:u32 topic:u32
 *                      first_cited:u32 n_cited:u32
 *   SECTION_TEXT       the passages' texts, of a corpus see index/documents.h
 *   SECTION_DOCUMENTS  of a corpus, instead of SECTION_PASSAGES and SECTION_TOPICS: where each
 *                      group of documents begins in SECTION_TEXT: u64
 *   SECTION_CITED      source index: u32 each
 *   SECTION_TOPICS     (n_topics) id:text heading:text article:u32 first_passage:u32
 *                      n_passages:u32 first_asked:u32 n_asked:u32 first_related:u32
 *                      n_related:u32
 *   SECTION_ASKED      ways to ask: text each
 *   SECTION_RELATED    topic index: u32 each
 *   SECTION_ARTICLES   (n_articles) name:text title:text caveat:text reviewed:u32 review_due:u32
 *   SECTION_SOURCES    (n_sources) title:text publisher:text url:text year:u32
 *   SECTION_CLASSES    what a message may be beside a topic: name:text is_smalltalk:u32
 *   SECTION_MEANINGS   topics that are taken for one another: group:u32 topic:u32 phrase:text,
 *                      rows of a group together
 *   SECTION_VOCABULARY see rank/spelling.h
 *   SECTION_FREQUENT   likewise
 *   SECTION_SYNONYMS   see rank/synonyms.h
 *   SECTION_MODEL      see rank/linear.h: which topic a message asks
 *   SECTION_FLAGS      see answer/flag_block.h: phrases and cards
 *   SECTION_FLAG_NAMES the flags that the model knows, by class: text each
 *   SECTION_FLAG_MODEL see rank/linear.h: which red flag a message is
 *   SECTION_CONFIDENCE see answer/confidence.h
 *   SECTION_WORDS      words that are spelled right, as hashes: u32 each, ascending
 *   SECTION_PAIRS      see rank/pairs.h: words side by side
 *   SECTION_NEIGHBOURS see rank/neighbours.h: passages alike */
#ifndef INDEX_FORMAT_H
#define INDEX_FORMAT_H

#include <stdint.h>

#define FORMAT_MAGIC "osseo\r\n\x1A"
#define FORMAT_MAGIC_BYTES 8
#define FORMAT_VERSION 9
#define FORMAT_HEADER_BYTES 32
#define FORMAT_TABLE_ROW_BYTES 24
#define FORMAT_ALIGNMENT 16

enum section_kind {
    SECTION_COUNTS,
    SECTION_STRINGS,
    SECTION_TERMS,
    SECTION_TERM_BLOCKS,
    SECTION_POSTINGS,
    SECTION_IMPACTS,
    SECTION_LENGTHS,
    SECTION_PASSAGES,
    SECTION_TEXT,
    SECTION_DOCUMENTS,
    SECTION_CITED,
    SECTION_TOPICS,
    SECTION_ASKED,
    SECTION_RELATED,
    SECTION_ARTICLES,
    SECTION_SOURCES,
    SECTION_CLASSES,
    SECTION_MEANINGS,
    SECTION_VOCABULARY,
    SECTION_FREQUENT,
    SECTION_SYNONYMS,
    SECTION_MODEL,
    SECTION_FLAGS,
    SECTION_FLAG_NAMES,
    SECTION_FLAG_MODEL,
    SECTION_CONFIDENCE,
    SECTION_WORDS,
    SECTION_PAIRS,
    SECTION_NEIGHBOURS,
    N_SECTIONS
};

#define PASSAGE_ROW_BYTES 24
#define TOPIC_ROW_BYTES 44
#define ASKED_ROW_BYTES 8
#define ARTICLE_ROW_BYTES 32
#define SOURCE_ROW_BYTES 28
#define CLASS_ROW_BYTES 12
#define MEANING_ROW_BYTES 16

/* Passages are numbered below this: the distance of two fits 31 bits. */
#define MOST_PASSAGES (1u << 31)

/* What is indexed apart for a passage. */
enum field { FIELD_HEADING, FIELD_ASKED, FIELD_TEXT, N_FIELDS };

#endif
