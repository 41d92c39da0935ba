#!/bin/sh
# Lets calls of the C library fail under the programs, one after another.
set -u
cd "$(dirname "$0")/.." || exit 2
status=0
python3 tests/faults/faults.py build/tests/osseo build/tests/faults.so || status=1
python3 tests/faults/talk.py build/tests/osseo build/tests/faults.so || status=1
python3 tests/faults/kiosk.py build/tests/osseo-kiosk build/tests/faults.so build/tests/osseo || status=1
exit $status
