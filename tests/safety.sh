#!/bin/sh
# Each test that bot/SAFETY.md names has to have run, and passed, before this: the
# names are looked for among the lines of build/tests/log.  What only make test runs
# (a browser, slow clients) is looked for in the sources where it did not run.
set -u
cd "$(dirname "$0")/.." || exit 2
exec python3 - <<'PYTHON'
import glob
import re

text = open('bot/SAFETY.md', encoding='utf-8').read()
log = open('build/tests/log', encoding='utf-8', errors='replace').read()
ran = {re.sub(r'\b\d+ faults', 'N faults', name) for name in re.findall(r'^ok \d+ - (.*)$', log, re.M)}
sources = ''.join(open(path, encoding='utf-8').read() for path in glob.glob('tests/browser/*.js') + ['tests/lib/server.py', 'tests/work/work.c'])
number = bad = 0
hazards = re.split(r'^## (H\d.*)$', text, flags=re.M)[1:]
for title, body in zip(hazards[::2], hazards[1::2]):
    rows = [row.split(' | ') for row in body.splitlines() if row.startswith('| ') and '---' not in row]
    named = [name for row in rows[1:] for name in re.findall(r'`([^`]+)`', row[-1])]
    missing = [name for name in named if name not in ran and name not in sources]
    faults = missing + ([] if 'Left to the clinic:' in body else ['nothing is left to the clinic']) + \
        [row for row in rows if len(row) != 3 or not row[-1].strip(' |')]
    number += 1
    bad += bool(faults)
    if faults:
        print('\n'.join(map(str, faults)))
    print('not ok' if faults else 'ok', number, '-', 'each test that is named for %s exists and passed' % title)
raise SystemExit(bad > 0)
PYTHON
