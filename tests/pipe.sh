#!/bin/sh
# Hostile bytes and hard times through the pipe of PROGRAM.
set -u
cd "$(dirname "$0")/.." || exit 2
exec python3 tests/lib/pipe.py "$1"
