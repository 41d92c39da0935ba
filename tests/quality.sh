#!/bin/sh
# Answer quality does not sink below what was recorded in tests/eval/floors.
set -u
cd "$(dirname "$0")/.." || exit 2
questions=tests/eval/questions
[ -d ../shared/questions ] && questions=../shared/questions
if build/tests/eval build/knowledge.osx $questions tests/eval/floors; then
    echo 'ok 1 - every measure is at or above its recorded floor'
else
    echo 'not ok 1 - every measure is at or above its recorded floor'
    exit 1
fi
