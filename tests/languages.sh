#!/bin/sh
# The library and the program from other languages, from sixteen threads, and
# against the binary interface that was recorded.
#
#   languages.sh        tests
#   languages.sh abi    records the binary interface of today anew
set -u
cd "$(dirname "$0")/.." || exit 2
out=build/tests/languages
mkdir -p $out
log=$out/log
. tests/lib/check.sh
abi() { # what a program that was linked with the library relies on
    abidw --header-file bot/osseo.h --drop-private-types --exported-interfaces-only --no-corpus-path --no-comp-dir-path \
        --no-show-locs --no-elf-needed --out-file "$1" build/libosseo.so
}
if [ "${1-}" = abi ]; then
    abi tests/embed/libosseo.abi
    exit
fi
same_abi() { abi $out/libosseo.abi && abidiff tests/embed/libosseo.abi $out/libosseo.abi; }
header() {
    printf '#include "osseo.h"\nint main() { return OSSEO_OK; }\n' |
        g++ -Ibot -std=c++17 -Wall -Wextra -Wpedantic -Werror -x c++ -fsyntax-only -
}
cxx() {
    g++ -std=c++17 -Wall -Wextra -Wpedantic -Werror -Ibot -o $out/ask-cxx tests/embed/ask.cc \
        -Lbuild -losseo && $out/ask-cxx build/knowledge.osx | grep -q implants
}
python() {
    python3 tests/embed/ask.py build/knowledge.osx | grep -q implants &&
        python3 tests/embed/ask.py build/knowledge.osx "I can't breathe properly" | grep -q 999
}
node() { command node tests/embed/ask.js build/osseo 200 | grep -q implants; }
shell() { timeout 100 tests/embed/ask.sh build/osseo 200 | grep -q '"topic"'; }
# ThreadSanitizer's shadow memory collides with a wide random layout of addresses.
threads() {
    awk -F '\t' -v n="$2" 'NR % 70 == 0 && n-- > 0 { print $2 }' knowledge/asked/*.tsv >$out/questions
    TSAN_OPTIONS='halt_on_error=1 exitcode=66' setarch "$(uname -m)" -R "$1" build/knowledge.osx <$out/questions
}
export LD_LIBRARY_PATH=build
check 'osseo.h stands alone as C++17' header
check 'a C++ program answers' cxx
check 'Python answers by ctypes, and shows a card' python
check 'Node.js is answered two hundred times by one process' node
check 'a shell is answered two hundred times by one process' shell
check 'sixteen threads are told what one thread is told' threads build/tests/threads 240
check 'and ThreadSanitizer finds nothing' threads build/threads/tests/threads 60
check 'the binary interface is the one recorded (to record another: make abi)' same_abi
exit $status
