#!/bin/sh
# Runs what reaches the code, with the programs of build/coverage.
set -u
cd "$(dirname "$0")/.." || exit 2
export LC_ALL=C
built=$1
"$built/tests/unit"
for script in transcripts pipe corpus hostile answers check clinic talk forms; do
    [ ! -x "tests/$script.sh" ] || "tests/$script.sh" "$built/osseo"
done
for program in "$built"/fuzz/replay-*; do
    case $program in *.d) continue ;; esac
    "$program" tests/fuzz/corpus/"${program##*/replay-}"/*
done
python3 tests/faults/faults.py "$built/osseo" build/tests/faults.so
LD_PRELOAD=$PWD/build/tests/unconfined.so tests/server.sh "$built/osseo-kiosk"
mkdir -p "$built/export"
"$built/osseo" export --opensearch tests/knowledge/whole -o "$built/export"
"$built/tests/eval" build/knowledge.osx tests/eval/questions tests/eval/floors
