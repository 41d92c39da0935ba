// tests/bench/peer_xapian.cc -- Xapian behind the benchmark's two commands.
//
//   peer_xapian build CORPUS.jsonl DATABASE
//   peer_xapian rank DATABASE QUERIES.tsv K REPEATS MEASUREMENTS
//
// English stemmer, BM25 as it comes, any word may match, no positions: the least
// that ranking needs.  `rank` writes a TREC run once.
#include "measure.h"

#include <xapian.h>

#include <jansson.h>

#include <fstream>
#include <iostream>
#include <string>

static void build(const char *corpus, const char *path)
{
    Xapian::WritableDatabase db(path, Xapian::DB_CREATE_OR_OVERWRITE);
    Xapian::TermGenerator generator;
    generator.set_stemmer(Xapian::Stem("english"));
    generator.set_stemming_strategy(Xapian::TermGenerator::STEM_ALL);
    std::ifstream in(corpus);
    std::string line;
    while (std::getline(in, line)) {
        json_t *object = json_loadb(line.data(), line.size(), 0, nullptr);
        const char *id, *title, *text;
        if (json_unpack(object, "{s:s, s:s, s:s}", "_id", &id, "title", &title, "text", &text) != 0)
            continue;
        Xapian::Document document;
        document.set_data(std::string(id) + "\n" + title + "\n" + text);
        generator.set_document(document);
        generator.index_text_without_positions(title);
        generator.index_text_without_positions(text);
        db.add_document(document);
        json_decref(object);
    }
    db.commit();
}

static void rank(const char *path, const char *queries, unsigned k, unsigned repeats, FILE *out)
{
    Xapian::Database db(path);
    Xapian::Enquire enquire(db);
    Xapian::QueryParser parser;
    parser.set_stemmer(Xapian::Stem("english"));
    parser.set_stemming_strategy(Xapian::QueryParser::STEM_ALL);
    parser.set_default_op(Xapian::Query::OP_OR);
    for (unsigned round = 0; round < repeats; round++) {
        std::ifstream in(queries);
        std::string line;
        while (std::getline(in, line)) {
            size_t tab = line.find('\t');
            if (tab == std::string::npos)
                continue;
            std::string qid = line.substr(0, tab), text = line.substr(tab + 1);
            struct measure_time start = measure_now();
            enquire.set_query(parser.parse_query(text, 0));
            Xapian::MSet hits = enquire.get_mset(0, k);
            measure_query(out, start);
            if (round > 0)
                continue;
            for (auto hit = hits.begin(); hit != hits.end(); ++hit) {
                std::string data = hit.get_document().get_data();
                std::string id = data.substr(0, data.find('\n'));
                measure_unblank(&id[0]);
                printf("%s Q0 %s %u %.6f xapian\n", qid.c_str(), id.c_str(), hit.get_rank() + 1,
                       hit.get_weight());
            }
        }
    }
    measure_close(out);
}

int main(int argc, char **argv)
{
    try {
        if (argc == 4 && strcmp(argv[1], "build") == 0)
            build(argv[2], argv[3]);
        else if (argc == 7 && strcmp(argv[1], "rank") == 0)
            rank(argv[2], argv[3], (unsigned)atoi(argv[4]), (unsigned)atoi(argv[5]),
                 measure_open(argv[6]));
        else
            return 2;
    } catch (const Xapian::Error &error) {
        std::cerr << "peer_xapian: " << error.get_msg() << "\n";
        return 2;
    }
    return 0;
}
