#!/bin/sh
# make report draws what it is given, says what is missing, and needs no other file.
set -u
cd "$(dirname "$0")/.." || exit 2
out=build/tests/report
rm -rf $out
mkdir -p $out/eval $out/bench $out/coverage
log=$out/log
. tests/lib/check.sh
report() { python3 tests/report/report.py $out; }
parts() { [ "$(grep -c "$1" $out/report.html)" -eq "$2" ]; }
measured() {
    mkdir -p $out/eval
    TSV=$out/eval build/tests/eval build/knowledge.osx tests/eval/questions >/dev/null 2>&1
    [ -s $out/eval/measures.tsv ] && [ -s $out/eval/calibration.tsv ]
}
report >$out/log 2>&1
check 'without tables each part says what to run' parts 'run <code>make ' 5
check 'the evaluation writes its tables' measured
printf 'ranking\tfirst\tthree\nTF-IDF\t61.25\t80.5\nthe whole\t93.75\t98\n' >$out/eval/ablation.tsv
printf 'what\tosseo\tother\tratio_to_best_peer\tratio_held\tbar\tverdict\nstart, ms\t2.5\t7.5\t0.3333\t\t<= 1\tok\n' >$out/bench/table.tsv
printf 'file\tlines\tlines reached\tbranches\tbranches reached\nbot/base/a.c\t80\t60\t10\t9\n' >$out/coverage/coverage.tsv
check 'tables are drawn' report
check 'each in its part' parts '<svg' 5
check 'with the figures that they hold' sh -c "grep -q '<td>start, ms<td>2.5<td>7.5' $out/report.html && grep -q '<td>bot/base/a.c<td>80<td>60' $out/report.html"
check 'and nothing from elsewhere' sh -c "! grep -i 'src=\|<link\|<script\|@import\|url(http\|href=\"http' $out/report.html"
exit $status
