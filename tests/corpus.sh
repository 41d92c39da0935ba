#!/bin/sh
# A JSONL corpus: indexed, ranked, asked, and its faults told with their lines.
set -u
cd "$(dirname "$0")/.." || exit 2
osseo=${1:-build/osseo}
mkdir -p build/tests
work=$(mktemp -d build/tests/corpus.XXXXXX) || exit 2
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
cat >"$work/c.jsonl" <<'JSONL'
{"_id": "d1", "title": "Tea", "text": "Tea is a drink made from leaves."}
{"_id": "d2", "title": "Coffee", "text": "Coffee is a drink made from beans. Green coffee beans are roasted."}
not json
{"_id": "d 3", "title": "Cocoa", "text": "Cocoa beans are fermented, dried and roasted."}
JSONL
printf 'q1\twhat is coffee made from?\nq2\tfermented cocoa\nq3\tzebra\n' >"$work/q.tsv"

"$osseo" index "$work/c.jsonl" -o "$work/c.osx" 2>"$work/said"
check 'indexing goes on behind a bad line' "$?" 0
check 'and tells its number' "$(cut -d: -f2,3 "$work/said")" '3: warning'
"$osseo" index --strict "$work/c.jsonl" -o "$work/strict.osx" 2>"$work/said"
check 'or stops there when it is strict' "$?$(cut -d: -f2,3 "$work/said")" '23: error'
check 'and leaves no file' "$(ls "$work")" "$(printf 'c.jsonl\nc.osx\nq.tsv\nsaid')"
"$osseo" check "$work/c.osx"
check 'what was written is sound' "$?" 0
"$osseo" --knowledge "$work/c.osx" rank -k 2 "$work/q.tsv" >"$work/run"
check 'a query without hits makes it exit 1' "$?" 1
check 'ranking gives a TREC run' "$(awk '{ print $1, $2, $3, $4, $6 }' "$work/run" | head -n 4 | tr '\n' '|')" \
    'q1 Q0 d2 1 osseo|q1 Q0 d1 2 osseo|q2 Q0 d_3 1 osseo|'
check 'queries may come by standard input' "$("$osseo" --knowledge "$work/c.osx" rank -k 2 - <"$work/q.tsv" | cmp - "$work/run")" ''
check 'an unread file ranks the same' \
    "$("$osseo" --knowledge "$work/c.jsonl" rank -k 2 "$work/q.tsv" 2>/dev/null | cmp - "$work/run")" ''
printf 'no tab here\n' >"$work/bad.tsv"
"$osseo" --knowledge "$work/c.osx" rank "$work/bad.tsv" >/dev/null 2>"$work/said"
check 'a line without a query is told with its place' "$?$(grep -c 'bad.tsv:1:' "$work/said")" 21
check 'a document is found for a question' "$("$osseo" --json --knowledge "$work/c.osx" ask 'fermented cocoa' | grep -c '"choices": \[{"topic": "d 3", "heading": "Cocoa"')" 1
check 'red flags are looked for all the same' \
    "$("$osseo" --knowledge "$work/c.osx" ask "I can't breathe" | head -n 1)" EMERGENCY
# Far more terms than fit the memory that it may take: they go to disk in pieces.
awk 'BEGIN { for (i = 0; i < 1500; i++) {
    printf "{\"_id\": \"d%d\", \"title\": \"Number %d\", \"text\": \"the same words and", i, i
    for (j = 0; j < 100; j++) printf " w%d", i * 100 + j
    print "\"}" } }' >"$work/many.jsonl"
"$osseo" index "$work/many.jsonl" -o "$work/many.osx"
"$osseo" index --memory=4M "$work/many.jsonl" -o "$work/pieces.osx"
check 'a file built in little memory is the same to the byte' \
    "$(cmp "$work/many.osx" "$work/pieces.osx" && "$osseo" check "$work/pieces.osx" 2>&1)" ''
# Whether it has begun, or is done already, depends on the machine; what is left does not.
for signal in INT TERM KILL; do
    (trap - INT
    exec "$osseo" index "$work/many.jsonl" -o "$work/ended.osx") &
    sleep 0.02
    kill -$signal $! 2>/dev/null
    wait $! 2>/dev/null
    rm -f "$work/ended.osx"
    check "ended by SIG$signal, it leaves nothing half done" "$(ls "$work" | grep ended)" ''
done
: >"$work/empty.jsonl"
"$osseo" --knowledge "$work/empty.jsonl" ask tea 2>"$work/said"
check 'an empty corpus is refused' "$?$(grep -c 'holds no passage' "$work/said")" 21
# A slip of the fingers must not cost the corpus.
cp "$work/c.jsonl" "$work/mine.jsonl"
ln -s mine.jsonl "$work/mine"
for name in mine.jsonl mine; do
    "$osseo" index "$work/mine.jsonl" -o "$work/$name" 2>"$work/said"
    check "a corpus is not compiled over itself, named $name" \
        "$?$(grep -c "/$name': it is what is compiled" "$work/said")$(cmp "$work/c.jsonl" "$work/mine.jsonl")" 21
done
: >"$work/bare.osx"
printf 'no knowledge at all' >"$work/other.osx"
for name in bare.osx other.osx; do
    "$osseo" check "$work/$name" 2>"$work/said"
    "$osseo" --knowledge "$work/$name" ask tea 2>>"$work/said"
    "$osseo" diff "$work/$name" "$work/many.osx" 2>>"$work/said"
    "$osseo" diff "$work/many.osx" "$work/$name" 2>>"$work/said"
    check "what is wrong with $name is told with its name, once" "$(grep -o "$name" "$work/said" | wc -l)" 4
done
exit $status
