#!/bin/sh
# Replays the inputs of tests/fuzz/corpus/ through their targets, sanitized.
set -u
cd "$(dirname "$0")/.." || exit 2
n=0 status=0
for program in build/sanitized/fuzz/replay-*; do
    case $program in *.d) continue ;; esac
    target=${program##*/replay-}
    n=$((n + 1))
    if "$program" tests/fuzz/corpus/"$target"/* >build/tests/fuzz.log 2>&1; then
        echo "ok $n - nothing in the corpus breaks: $target"
    else
        tail -n 20 build/tests/fuzz.log
        echo "not ok $n - nothing in the corpus breaks: $target"
        status=1
    fi
done
exit $status
