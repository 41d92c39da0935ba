#!/bin/sh
# What is answered from a small knowledge with a list of every kind.
set -u
cd "$(dirname "$0")/.." || exit 2
exec python3 tests/lib/answers.py "${1:-build/osseo}"
