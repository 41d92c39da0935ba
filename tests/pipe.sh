#!/bin/sh
# Hostile bytes and hard times through the pipe of PROGRAM.
set -u
cd "$(dirname "$0")/.." || exit 2
export LOCPATH=$PWD/build/tests/locale
mkdir -p "$LOCPATH"
[ -d "$LOCPATH/tr_TR.UTF-8" ] || localedef -i tr_TR -f UTF-8 "$LOCPATH/tr_TR.UTF-8" || exit 2
exec python3 tests/lib/pipe.py "$1"
