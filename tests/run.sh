#!/bin/sh
# tests/run.sh check|test -- runs the suites and counts.  Each prints TAP lines;
# a suite that ends badly without a "not ok" of its own counts as one failure.
set -u
cd "$(dirname "$0")/.." || exit 2
log=build/tests/log
mkdir -p build/tests
: >"$log"
export LC_ALL=C CMOCKA_MESSAGE_OUTPUT=TAP
passed=0 failed=0

suite() {
    name=$1
    shift
    started=$(date +%s)
    "$@" >build/tests/output 2>&1
    status=$?
    good=$(grep -c '^ok' build/tests/output)
    bad=$(grep -c '^not ok' build/tests/output)
    if [ $status -ne 0 ] && [ "$bad" -eq 0 ]; then
        bad=1
    fi
    [ "$bad" -eq 0 ] || grep -v '^ok' build/tests/output | head -n 60
    cat build/tests/output >>"$log"
    printf '%-28s %4d passed, %d failed (%d s)\n' "$name" "$good" "$bad" \
        $(($(date +%s) - started))
    passed=$((passed + good)) failed=$((failed + bad))
}

suite 'layers' tests/layers.sh
suite 'symbols' tests/symbols.sh
suite 'hardening' tests/hardening.sh
suite 'unit, gcc' build/tests/unit
suite 'unit, clang' build/clang/tests/unit
suite 'unit, sanitized' build/sanitized/tests/unit
suite 'transcripts' tests/transcripts.sh build/osseo
suite 'transcripts, clang' tests/transcripts.sh build/clang/osseo
suite 'transcripts, sanitized' tests/transcripts.sh build/sanitized/osseo
suite 'red flags in each face' tests/faces.sh
suite 'pipe' tests/pipe.sh build/osseo
suite 'pipe, sanitized' tests/pipe.sh build/sanitized/osseo
suite 'conversation, sanitized' tests/talk.sh build/sanitized/osseo
suite 'hostile text' tests/hostile.sh
suite 'forms of text' tests/forms.sh
suite 'knowledge' tests/knowledge.sh
suite 'answers, sanitized' tests/answers.sh build/sanitized/osseo
suite 'clinic.conf' tests/clinic.sh
suite 'check and diff' tests/check.sh
suite 'corpus, sanitized' tests/corpus.sh build/sanitized/osseo
suite 'fuzz corpus, sanitized' tests/fuzz.sh
suite 'faults' tests/faults.sh
suite 'quality' tests/quality.sh
suite 'mutations match' tests/mutations.sh
suite 'evaluator' tests/evaluate.sh
suite 'server' tests/server.sh build/osseo-kiosk
suite 'deployment' tests/deploy.sh
suite 'export' tests/export.sh
suite 'man pages, completion' tests/manual.sh
suite 'embedding and README' tests/embed.sh
if [ "$1" = test ]; then
    suite 'unit, each allocation fails' env STEP=1 build/sanitized/tests/unit
    suite 'report' tests/report.sh
    suite 'archive and packages' tests/packages.sh
    suite 'analyzers' tests/static.sh
    suite 'other languages, threads' tests/languages.sh
    suite 'transcripts, valgrind' tests/transcripts.sh 'valgrind -q --error-exitcode=99 --leak-check=full build/clang/osseo'
    suite 'hostile text, sanitized' tests/hostile.sh build/sanitized/osseo
    suite 'faults, each' env STEP=1 tests/faults.sh
    suite 'server, slow clients' tests/server.sh build/osseo-kiosk slow
    suite 'server, sanitized' tests/server.sh build/sanitized/osseo-kiosk
    suite 'server, ThreadSanitizer' tests/server.sh build/threads/osseo-kiosk
    suite 'work' build/counted/tests/work build/knowledge.osx knowledge/calibration.tsv
    suite 'browser' tests/browser.sh
fi
suite 'safety case' tests/safety.sh
printf '%d passed, %d failed\n' $passed $failed
[ $failed -eq 0 ]
