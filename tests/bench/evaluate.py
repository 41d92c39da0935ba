#!/usr/bin/env python3
"""How good a ranking is: evaluate.py QRELS.tsv RUN...

QRELS has `qid TAB docid TAB grade` lines; a RUN is TREC's, `qid Q0 docid rank score tag`,
a query's lines from the best on.  A line for each RUN:

  nDCG@10 = DCG(10) / DCG(10) of the best order;  DCG(k) = sum over ranks r to k of grade / log2(r + 1)
  MAP     = mean over the relevant of (relevant among the first r) / r at its rank r; 0 where not found
  P@1     = is the first relevant

These are trec_eval's ndcg_cut_10 (Jarvelin and Kekalainen 2002, the grade as gain), map and P_1,
with -c: a query that the run leaves out counts as 0.  Equal scores stay in the run's order, where
trec_eval would order them by document.  Queries without a relevant document are left out."""
import math
import sys


def read_qrels(path):
    grades = {}
    for line in open(path, encoding='utf-8'):
        query, document, grade = line.rstrip('\n').split('\t')
        if int(grade) > 0:
            # As `osseo rank` writes an id that holds blanks.
            grades.setdefault(query, {})[document.replace(' ', '_')] = int(grade)
    return grades


def read_run(path):
    ranked = {}
    for line in open(path, encoding='utf-8'):
        query, _, document = line.split()[:3]
        ranked.setdefault(query, []).append(document)
    return ranked


def dcg(grades):
    return sum(g / math.log2(r + 1) for r, g in enumerate(grades[:10], 1))


def ndcg(grades, documents):
    best = sorted(grades.values(), reverse=True)
    return dcg([grades.get(d, 0) for d in documents]) / dcg(best)


def average_precision(grades, documents):
    found, total = 0, 0.0
    for rank, document in enumerate(documents, 1):
        if document in grades:
            found += 1
            total += found / rank
    return total / len(grades)


def first_is_relevant(grades, documents):
    return float(documents[:1] != [] and documents[0] in grades)


MEASURES = [('nDCG@10', ndcg), ('MAP', average_precision), ('P@1', first_is_relevant)]


def evaluate(qrels, run):
    """(nDCG@10, MAP, P@1), each the mean over the queries of `qrels`."""
    return tuple(sum(measure(grades, run.get(query, [])) for query, grades in qrels.items())
                 / len(qrels) for _, measure in MEASURES)


if __name__ == '__main__':
    if len(sys.argv) < 3:
        sys.exit('usage: evaluate.py QRELS.tsv RUN...')
    judged = read_qrels(sys.argv[1])
    for path in sys.argv[2:]:
        print('%s  %s' % ('  '.join('%s %.4f' % (name, value) for (name, _), value
                                    in zip(MEASURES, evaluate(judged, read_run(path)))), path))
