#!/bin/sh
# The conversation of PROGRAM at a terminal: a pseudo-terminal is typed at.
set -u
cd "$(dirname "$0")/.." || exit 2
export LOCPATH=$PWD/build/tests/locale
mkdir -p "$LOCPATH"
[ -d "$LOCPATH/tr_TR.UTF-8" ] || localedef -i tr_TR -f UTF-8 "$LOCPATH/tr_TR.UTF-8" || exit 2
exec python3 tests/lib/talk.py "$1"
