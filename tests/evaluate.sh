#!/bin/sh
# The evaluator of tests/bench against figures worked out by hand.
#
# Query a has relevant documents x (grade 2), y and z (1) and the run w x v y:
#   DCG  = 2 / log2(3) + 1 / log2(5) = 1.261860 + 0.430677 = 1.692536
#   best = 2 + 1 / log2(3) + 1 / log2(4) = 3.130930          nDCG = 0.540586
#   AP   = (1/2 + 2/4 + 0) / 3 = 0.333333                    P@1  = 0
# Query b has u at rank 1 of 1: all are 1.  Query c is not in the run: all are 0.
# Query d has no relevant document and does not count.  Means of a, b and c:
#   nDCG 0.513529, MAP 0.444444, P@1 0.333333
# A relevant document at rank 11 adds to MAP alone: query e, 1/11 = 0.0909.
set -u
cd "$(dirname "$0")/.." || exit 2
mkdir -p build/tests
work=$(mktemp -d build/tests/evaluate.XXXXXX) || exit 2
trap 'rm -rf "$work"' EXIT
n=0 status=0
check() { # check NAME ACTUAL EXPECTED
    n=$((n + 1))
    if [ "$2" = "$3" ]; then
        echo "ok $n - $1"
    else
        printf 'got:      %s\nexpected: %s\nnot ok %d - %s\n' "$2" "$3" $n "$1"
        status=1
    fi
}
evaluate() { python3 tests/bench/evaluate.py "$work/qrels" "$work/run" | sed 's/  build.*//'; }

printf 'a\tx\t2\na\ty\t1\na\tz\t1\na\tw\t0\nb\tu u\t1\nc\tx\t1\nd\tx\t0\n' >"$work/qrels"
printf 'a Q0 w 1 9 t\na Q0 x 2 8 t\na Q0 v 3 7 t\na Q0 y 4 6 t\nb Q0 u_u 1 1 t\nd Q0 x 1 1 t\n' >"$work/run"
check 'graded, missing and unjudged documents count as worked out by hand' "$(evaluate)" \
    'nDCG@10 0.5135  MAP 0.4444  P@1 0.3333'
printf 'e\ty\t1\n' >"$work/qrels"
for rank in 1 2 3 4 5 6 7 8 9 10; do echo "e Q0 x$rank $rank 1 t"; done >"$work/run"
echo 'e Q0 y 11 1 t' >>"$work/run"
check 'nDCG@10 looks at ten' "$(evaluate)" 'nDCG@10 0.0000  MAP 0.0909  P@1 0.0000'
exit $status
