#!/bin/sh
# tests/bench/quality.sh [COLLECTIONS] [NAME...] -- how good the ranking is on public
# test collections, untuned: nDCG@10, MAP and P@1 of 1,000 hits a query.
set -eu
cd "$(dirname "$0")/../.."
collections=${1:-../shared/collections}
[ $# -eq 0 ] || shift
work=build/tests/quality-runs
mkdir -p "$work"
[ $# -gt 0 ] || set -- $(cd "$collections" && ls -d */ | tr -d /)
for name in "$@"; do
    build/osseo index "$collections/$name/corpus.jsonl" -o "$work/$name.osx"
    build/osseo --knowledge "$work/$name.osx" rank -k 1000 "$collections/$name/queries.tsv" \
        >"$work/$name.run" || [ $? -eq 1 ]
    python3 tests/bench/evaluate.py "$collections/$name/qrels.tsv" "$work/$name.run"
done
