#include "compile/compile.h"

#include "base/json.h"
#include "index/weight.h"

static void put_date(struct buffer *out, const char *key, unsigned date)
{
    buffer_append_format(out, ", \"%s\": \"%04u-%02u-%02u\"", key, date / 10000, date / 100 % 100,
                         date % 100);
}

static void put_words(struct buffer *out, const struct corpus *corpus, uint32_t first, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        buffer_append_text(out, i > 0 ? ", " : "");
        buffer_append_slice(out, corpus->synonym_words.items[first + i]);
    }
}

/* Who says a may mean b, but may mean a as well: "a => a, b". */
static void put_synonyms(struct buffer *out, const struct corpus *corpus)
{
    struct buffer rule;
    buffer_init(&rule, out->memory, MAX_LINE_BYTES * 4);
    for (size_t i = 0; i < corpus->synonyms.n; i++) {
        const struct synonym_rule *s = &corpus->synonyms.items[i];
        buffer_clear(&rule);
        put_words(&rule, corpus, s->first_from, s->n_from);
        if (!s->is_equal) {
            buffer_append_text(&rule, " => ");
            put_words(&rule, corpus, s->first_from, s->n_from);
            buffer_append_text(&rule, ", ");
            put_words(&rule, corpus, s->first_to, s->n_to);
        }
        buffer_append_text(out, i > 0 ? ",\n          " : "\n          ");
        buffer_append_json(out, buffer_slice(&rule));
        out->failed = out->failed || rule.failed;
    }
    buffer_release(&rule);
}

static void put_field(struct buffer *out, const char *name)
{
    buffer_append_format(out, "      \"%s\": { \"type\": \"text\", \"analyzer\": \"osseo\",\n", name);
    buffer_append_text(out, "        \"search_analyzer\": \"osseo_query\", "
                            "\"similarity\": \"osseo\" },\n");
}

void opensearch_write_index(struct buffer *out, const struct corpus *corpus)
{
    const struct weight_parameters *w = &weight_defaults;
    buffer_append_text(out, "{\n  \"settings\": {\n    \"index.similarity.osseo\": ");
    buffer_append_format(out, "{ \"type\": \"BM25\", \"k1\": %g, \"b\": %g },\n", w->k1, w->b);
    buffer_append_format(out, "    \"index.query.default_field\": [\"heading^%g\", \"asked^%g\", \"text^%g\"],\n",
                         w->field_weight[0], w->field_weight[1], w->field_weight[2]);
    buffer_append_text(out, "    \"analysis\": {\n      \"filter\": {\n"
                            "        \"osseo_possessive\": { \"type\": \"stemmer\", "
                            "\"language\": \"possessive_english\" },\n"
                            "        \"osseo_stemmer\": { \"type\": \"snowball\", \"language\": \"English\" },\n"
                            "        \"osseo_synonyms\": { \"type\": \"synonym_graph\", \"synonyms\": [");
    put_synonyms(out, corpus);
    buffer_append_text(out, "\n        ] }\n      },\n      \"analyzer\": {\n"
                            "        \"osseo\": { \"type\": \"custom\", \"tokenizer\": \"standard\", \"filter\":\n"
                            "          [\"lowercase\", \"asciifolding\", \"osseo_possessive\", "
                            "\"osseo_stemmer\"] },\n"
                            "        \"osseo_query\": { \"type\": \"custom\", \"tokenizer\": \"standard\", \"filter\":\n"
                            "          [\"lowercase\", \"asciifolding\", \"osseo_possessive\", "
                            "\"osseo_synonyms\",\n           \"osseo_stemmer\"] }\n      }\n    }\n  },\n"
                            "  \"mappings\": {\n    \"dynamic\": \"strict\",\n    \"_meta\": { \"note\": "
                            "\"Without red flags, refusals and caveat rules: ask osseo first whether a "
                            "message raises a card.\" },\n    \"properties\": {\n");
    put_field(out, "heading");
    put_field(out, "asked");
    put_field(out, "text");
    static const char *const keywords[] = { "topic", "article", "area", "language", "caveat" };
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        buffer_append_format(out, "      \"%s\": { \"type\": \"keyword\" },\n", keywords[i]);
    buffer_append_text(out, "      \"position\": { \"type\": \"integer\" },\n"
                            "      \"related\": { \"type\": \"keyword\" },\n"
                            "      \"reviewed\": { \"type\": \"date\" },\n"
                            "      \"review_due\": { \"type\": \"date\" },\n"
                            "      \"sources\": { \"type\": \"object\", \"enabled\": false }\n"
                            "    }\n  }\n}\n");
}

/* What people say of a section: its own list, then the lines of asked/. */
static void put_asked(struct buffer *out, const struct corpus *corpus, uint32_t number)
{
    const struct section *section = &corpus->sections.items[number];
    json_open(out, "asked", '[');
    for (uint32_t i = 0; i < section->n_also_asked; i++)
        json_text(out, NULL, corpus->also_asked.items[section->first_also_asked + i].text);
    for (size_t i = 0; i < corpus->said.n; i++) {
        const struct said *said = &corpus->said.items[i];
        if (said->class == number) /* topics come first among the classes, in their order */
            json_text(out, NULL, said->text);
    }
    buffer_append_byte(out, ']');
}

static void put_related(struct buffer *out, const struct corpus *corpus, const struct section *section)
{
    json_open(out, "related", '[');
    for (uint32_t i = 0; i < section->n_related; i++)
        json_text(out, NULL, corpus->related.items[section->first_related + i].text);
    buffer_append_byte(out, ']');
}

static void put_sources(struct buffer *out, const struct corpus *corpus, const struct passage *passage)
{
    json_open(out, "sources", '[');
    for (uint32_t i = 0; i < passage->n_cited; i++) {
        uint32_t number = corpus->cited.items[passage->first_cited + i];
        const struct source *source = &corpus->sources.items[number];
        json_open(out, NULL, '{');
        json_text(out, "title", source->title);
        json_text(out, "publisher", source->publisher);
        if (source->url.n_bytes > 0)
            json_text(out, "url", source->url);
        if (source->year > 0)
            buffer_append_format(out, ", \"year\": %u", source->year);
        buffer_append_byte(out, '}');
    }
    buffer_append_byte(out, ']');
}

void opensearch_write_bulk(struct buffer *out, const struct corpus *corpus)
{
    for (size_t i = 0; i < corpus->passages.n; i++) {
        const struct passage *passage = &corpus->passages.items[i];
        const struct section *section = &corpus->sections.items[passage->section];
        const struct article *article = &corpus->articles.items[section->article];
        unsigned position = (unsigned)(i - section->first_passage);
        buffer_append_format(out, "{\"index\": {\"_id\": \"%.*s.%u\"}}\n{", TEXT(section->topic),
                             position);
        json_text(out, "topic", section->topic);
        buffer_append_format(out, ", \"position\": %u", position);
        json_text(out, "heading", section->heading);
        json_text(out, "article", article->title);
        json_text(out, "area", article->name);
        json_text(out, "language", article->language);
        if (article->caveat.n_bytes > 0)
            json_text(out, "caveat", article->caveat);
        put_date(out, "reviewed", article->reviewed);
        put_date(out, "review_due", article->review_due);
        put_asked(out, corpus, passage->section);
        put_related(out, corpus, section);
        put_sources(out, corpus, passage);
        json_text(out, "text", passage->text);
        buffer_append_text(out, "}\n");
    }
}
