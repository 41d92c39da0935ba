#!/bin/sh
# tests/bench/kiosk-load.sh [QUESTIONS] -- osseo-kiosk under wrk's load, in turn with a
# Node.js server and minisearch over the same passages; then with a thousand others
# connected; then its start.  QUESTIONS is a folder of .tsv files with a column
# "question".
set -eu
cd "$(dirname "$0")/../.."
questions=${1:-../shared/questions}
[ -d "$questions" ] || questions=tests/eval/questions
for tool in wrk node npm; do
    command -v $tool >/dev/null || { echo "kiosk-load.sh: $tool is missing" >&2; exit 2; }
done
mkdir -p build/bench build/tests
[ -d build/bench/node_modules/minisearch ] ||
    npm install --silent --no-save --prefix build/bench minisearch@7.2.0 >/dev/null
exec python3 tests/bench/kiosk-load.py "$questions"
