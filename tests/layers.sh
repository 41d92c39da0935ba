#!/bin/sh
# Who may include whom: reads the #include lines of bot/ and fails on one that
# points upwards.  The rows are the rule; a floor that is not named here fails.
set -u
cd "$(dirname "$0")/.." || exit 2
rules='
base: base
text: text base
corpus: corpus text base
index: index corpus text base
rank: rank index text base
answer: answer rank index text base
compile: compile answer rank index corpus text base
check: check compile answer rank index corpus text base
face: face base
cli: cli face base
kiosk: kiosk face base
osseo.c: check compile answer rank index corpus text base
'
bad=$(
    for file in $(find bot -name '*.[ch]' | LC_ALL=C sort); do
        floor=${file#bot/}
        floor=${floor%%/*}
        allowed=$(printf '%s\n' "$rules" | sed -n "s/^$floor: //p")
        [ "$floor" = osseo.h ] || [ -n "$allowed" ] || echo "$file: no rule for floor $floor"
        sed -n 's/^#include "\(.*\)"/\1/p' "$file" | while read -r header; do
            from=${header%%/*}
            [ "$header" = osseo.h ] || case " $allowed " in
                *" $from "*) ;;
                *) echo "$file: includes $header, which stands above or beside it" ;;
            esac
        done
        own=${file#bot/}
        own=${own%.c}.h
        if [ "${file%.c}" != "$file" ] && [ -f "bot/$own" ]; then
            first=$(sed -n 's/^#include "\(.*\)"/\1/p' "$file" | head -n 1)
            [ "$first" = "$own" ] || echo "$file: includes $first before its own header"
        fi
    done
)
if [ -z "$bad" ]; then
    echo 'ok 1 - no include points upwards'
else
    printf '%s\nnot ok 1 - no include points upwards\n' "$bad"
    exit 1
fi
