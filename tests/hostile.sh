#!/bin/sh
# Hostile text in knowledge, corpora, names and arguments.
set -u
cd "$(dirname "$0")/.." || exit 2
exec python3 tests/lib/hostile.py "${1:-build/osseo}"
