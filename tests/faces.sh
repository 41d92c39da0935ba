#!/bin/sh
# A person in danger sees the card first, in whatever face of the programs in build/.
set -u
cd "$(dirname "$0")/.." || exit 2
exec python3 tests/lib/faces.py build/osseo build/osseo-kiosk
