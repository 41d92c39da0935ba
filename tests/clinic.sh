#!/bin/sh
# clinic.conf: what is right, and how faults are told.
set -u
cd "$(dirname "$0")/.." || exit 2
exec python3 tests/lib/clinic.py "${1:-build/osseo}"
