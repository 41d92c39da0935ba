#!/bin/sh
# A program that has only the installed header and library, the one that README
# shows; and README's other promises that can be held against the program.
set -u
cd "$(dirname "$0")/.." || exit 2
out=build/tests/embed
rm -rf $out
mkdir -p $out
log=$out/log
. tests/lib/check.sh
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
root=$PWD/$out/root
flags() { # of pkg-config for what was installed, which is not where its prefix says
    PKG_CONFIG_PATH=$root/usr/lib/pkgconfig PKG_CONFIG_SYSROOT_DIR=$root pkg-config "$@" osseo
}
# shellcheck disable=SC2046  # flags are meant to be split
build() { ${CC:-cc} -std=c11 -Wall -Wextra -Wpedantic -Werror tests/embed/ask.c $(flags --cflags) "$@"; }
# shellcheck disable=SC2046
shared() { build -o $out/ask-shared $(flags --libs); }
static() { build -o $out/ask "$root/usr/lib/libosseo.a" -lstemmer -lutf8proc -lm; }
check 'install puts the programs, the header and the libraries in place' \
    make -s install DESTDIR="$root" PREFIX=/usr
check 'a program compiles by pkg-config with the installed header alone' shared
check 'and answers from the shared library, found by its soname' \
    sh -c "LD_LIBRARY_PATH=$root/usr/lib $out/ask-shared build/knowledge.osx | grep -q implants"
check 'a program compiles with the static library' static
check 'and answers without the shared one' sh -c "$out/ask build/knowledge.osx | grep -q implants"
check 'pkg-config tells where the knowledge is that was installed' test -s "$(flags --variable=knowledge)"
check 'pkg-config tells the version of the header' \
    sh -c "grep -q '^#define OSSEO_VERSION \"$(flags --modversion)\"' bot/osseo.h"
check 'README shows that program' readme_has tests/embed/ask.c
check 'README shows a real exchange' transcript
check 'uninstall leaves nothing behind' \
    sh -c "make -s uninstall DESTDIR='$PWD/$out/root' PREFIX=/usr && ! find $out/root ! -type d | grep ."
exit $status
