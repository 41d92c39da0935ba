#!/bin/sh
# Conversations, typed and answered.  In tests/transcripts/NAME.txt a line that
# starts with "$ " is the command line behind the program's name, one that starts
# with "> " is typed, all others are what comes back.  A file is cut into blocks
# by "$ " lines; a last line "? N" of a block is the exit status (0 if left out).
#
#   transcripts.sh PROGRAM     compares
#   transcripts.sh golden      writes the files anew
set -u
cd "$(dirname "$0")/.." || exit 2
program=$1
[ "$program" = golden ] && program=build/osseo
exec python3 tests/lib/transcripts.py "$1" "$program" tests/transcripts/*.txt
