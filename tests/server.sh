#!/bin/sh
# tests/server.sh PROGRAM [slow] -- osseo-kiosk on the wire: who may ask, what is
# refused, what is kept, reloads and ends; with "slow", also what takes seconds.
set -u
cd "$(dirname "$0")/.." || exit 2
mkdir -p build/tests
exec python3 tests/lib/server.py "$@"
