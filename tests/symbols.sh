#!/bin/sh
# The library shows the names of osseo.h and no others, leaves no mutable
# globals, and the program carries the hardening it was built with.
set -u
cd "$(dirname "$0")/.." || exit 2
n=0 status=0
check() { # check NAME OUTPUT: good when there is no output
    n=$((n + 1))
    if [ -z "$2" ]; then
        echo "ok $n - $1"
    else
        printf '%s\nnot ok %d - %s\n' "$2" $n "$1"
        status=1
    fi
}

objects=$(find build/obj -mindepth 2 -name '*.o' ! -path '*/cli/*' ! -path '*/face/*' ! -path '*/kiosk/*' ! -path '*/tests/*' | LC_ALL=C sort)
objects="$objects build/obj/osseo.o"
# shellcheck disable=SC2086  # the list is meant to be split
visible=$(readelf -sW $objects |
    awk '$5 == "GLOBAL" && $6 == "DEFAULT" && $7 != "UND" { print $8 }' | grep -v '^osseo_')
check 'only osseo_ names are visible' "$visible"

mkdir -p build/tests
# shellcheck disable=SC2086
nm -A $objects >build/tests/names
missing=$(sed -n 's/^OSSEO_API.*[ *]\(osseo_[a-z_]*\)(.*/\1/p' bot/osseo.h | sort -u | while read -r name; do
    grep -q " T $name\$" build/tests/names || echo "$name is not defined"
done)
check 'every function of osseo.h is defined' "$missing"

# A table of addresses is relocated once and then read only.
globals=$(grep ' [bBdDcC] ' build/tests/names | while IFS=: read -r file rest; do
    objdump -t "$file" | grep " ${rest##* }\$" | grep -q 'rel.ro' || echo "$file: $rest"
done)
check 'the library has no mutable globals' "$globals"

header=$(printf '#include "osseo.h"\nint main(void) { return OSSEO_OK; }\n' |
    ${CC:-cc} -Ibot -std=c11 -Wall -Wextra -Wpedantic -Werror -x c -fsyntax-only - 2>&1)
check 'osseo.h stands alone as C11' "$header"

exports() { # exports FILE [-D]: the names that a library shows
    nm --extern-only --defined-only "$@" | awk 'NF == 3 && $2 != "A" { sub("@@.*", "", $3); print $3 }' | sort -u
}
wanted=$(sed -n 's/^OSSEO_API.*[ *]\(osseo_[a-z_]*\)(.*/\1/p' bot/osseo.h | sort -u)
shown=$(for library in 'build/libosseo.so -D' build/libosseo.a; do
    # shellcheck disable=SC2086
    [ "$(exports $library)" = "$wanted" ] || { echo "$library shows:"; exports $library; }
done)
check 'the shared and the static library show the functions of osseo.h and no others' "$shown"
check 'the shared library has a soname and versioned names' "$(
    readelf -dW build/libosseo.so | grep -q 'soname: \[libosseo.so.0\]' || echo 'no soname'
    nm -D build/libosseo.so | grep -q 'osseo_ask@@LIBOSSEO_0' || echo 'no version')"
check 'the shared library relocates no code' "$(readelf -dW build/libosseo.so | grep TEXTREL)"

soft=$(readelf -lW build/osseo | grep -q GNU_RELRO || echo 'no RELRO'
    readelf -dW build/osseo | grep -q 'BIND_NOW\|FLAGS.*NOW' || echo 'no immediate binding'
    readelf -hW build/osseo | grep -q 'DYN' || echo 'not position independent'
    readelf -lW build/osseo | grep 'GNU_STACK' | grep -q ' RWE' && echo 'executable stack'
    grep -q ' U __stack_chk_fail$' build/tests/names || echo 'no stack protector')
check 'the program is hardened' "$soft"

loaded=$(case $(${CC:-cc} -print-file-name=libreadline.a) in
    /*) readelf -lW build/osseo | grep INTERP
        nm build/osseo | grep 'T .*_UTF_8_stem$' | grep -v english ;;
esac)
check 'the program starts without a loader and with one language' "$loaded"
exit $status
