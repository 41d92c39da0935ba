#!/bin/sh
# That tests/mutations.tsv still fits bot/; planting its faults is `make mutate`.
set -u
cd "$(dirname "$0")/.." || exit 2
mkdir -p build/tests
bad=build/tests/mutations.tsv
n=0 status=0
check() { # check NAME COMMAND...
    name=$1
    shift
    n=$((n + 1))
    if "$@" >build/tests/mutations.log 2>&1; then
        echo "ok $n - $name"
    else
        cat build/tests/mutations.log
        echo "not ok $n - $name"
        status=1
    fi
}
match() { python3 tests/mutate.py --match "$@"; }
tells() { # tells WHAT ROW...
    what=$1
    shift
    printf '# a comment\n%s\n' "$*" >$bad
    match $bad 2>&1 | grep -q "^$bad:2: .*$what"
}
enough() { [ "$(grep -c '^bot/' tests/mutations.tsv)" -ge 60 ] && match; }
check 'at least 60 faults to plant, each in a text that stands once in its file' enough
check 'a text that is not in its file is told' tells 'holds this text 0 times' "$(printf 'bot/osseo.c\tno such text\tx')"
check 'one that stands there more than once is told' tells 'not once' "$(printf 'bot/osseo.c\tif (\tx')"
check 'a file that is gone is told' tells 'holds this text 0 times' "$(printf 'bot/none.c\tif (\tx')"
check 'a fault that changes nothing is told' tells 'a row is' "$(printf 'bot/osseo.c\tif (\tif (')"
exit $status
