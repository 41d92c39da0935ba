#!/bin/sh
# A program that has only the installed header and library, the one that README
# shows; and README's other promises that can be held against the program.
set -u
cd "$(dirname "$0")/.." || exit 2
out=build/tests/embed
rm -rf $out
mkdir -p $out
n=0 status=0
check() { # check NAME COMMAND...
    name=$1
    shift
    n=$((n + 1))
    if "$@" >$out/log 2>&1; then
        echo "ok $n - $name"
    else
        cat $out/log
        echo "not ok $n - $name"
        status=1
    fi
}
readme_has() { # every line of a file stands in README, four blanks in front
    sed 's/^\(.\)/    \1/' "$1" >$out/wanted
    python3 -c 'import sys; sys.exit(open(sys.argv[1]).read() not in open("README.md").read())' $out/wanted
}
exchange() { printf 'can i smok with implants\nwho won the cup\n' | build/osseo --width 76; }
transcript() {
    exchange >$out/exchange
    [ $? -eq 1 ] && readme_has $out/exchange
}
if [ "${1-}" = golden ]; then # the exchange in README, written anew
    exchange | sed 's/^\(.\)/    \1/' >$out/exchange
    sed -i -e '/^Two questions through a pipe/,/^## Three ways/{//!d}' README.md
    sed -i -e "/^Two questions through a pipe/r $out/exchange" README.md
    sed -i -e '/^Two questions through a pipe/s/$/\n/' README.md
    exit 0
fi
check 'install puts the header, the library and the program in place' \
    make -s install DESTDIR="$PWD/$out/root" PREFIX=/usr
check 'a program compiles with the installed header alone' \
    ${CC:-cc} -std=c11 -Wall -Wextra -Wpedantic -Werror -I$out/root/usr/include \
    -o $out/ask tests/embed/ask.c $out/root/usr/lib/libosseo.a -lstemmer -lutf8proc -lm
check 'and answers' sh -c "$out/ask build/knowledge.osx | grep -q implants"
check 'README shows that program' readme_has tests/embed/ask.c
check 'README shows a real exchange' transcript
check 'uninstall leaves nothing behind' \
    sh -c "make -s uninstall DESTDIR='$PWD/$out/root' PREFIX=/usr && ! find $out/root -type f | grep ."
exit $status
