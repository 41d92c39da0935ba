#!/bin/sh
# The forms of a reply's text.
set -u
cd "$(dirname "$0")/.." || exit 2
exec python3 tests/lib/forms.py "${1:-build/osseo}"
