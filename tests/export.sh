#!/bin/sh
# What is exported for a cluster holds all that the knowledge folder holds.
set -u
cd "$(dirname "$0")/.." || exit 2
out=build/tests/export
rm -rf $out
mkdir -p $out
build/osseo export --opensearch knowledge -o $out || exit 2
exec python3 tests/lib/export.py $out
