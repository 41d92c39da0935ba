"""What of bot/ the tests reached: reads gcov's data, see tests/coverage.mk.

  coverage.py OBJECTS OUT   writes OUT/coverage.tsv (file, lines, branches) and
                            OUT/uncovered.txt (each line and branch that was not
                            reached, with the reason that tests/coverage.txt gives)

Fails where a share is below its floor, where a reason of tests/coverage.txt fits
nothing any more, and where something that was not reached has no reason.
"""
import collections
import fnmatch
import glob
import json
import os
import re
import subprocess
import sys

FLOORS = {'lines': 95.0, 'branches': 90.0}
MAINS = ('bot/cli/main.c', 'bot/kiosk/main.c')

objects, out = sys.argv[1:3]
lines = collections.defaultdict(lambda: collections.defaultdict(int))  # file -> line -> times
branches = collections.defaultdict(dict)  # file -> (line, branch) -> times

for notes in sorted(glob.glob(objects + '/**/*.gcno', recursive=True)):
    if '/tests/' in notes[len(objects):]:
        continue
    found = subprocess.run(['gcov', '--json-format', '--branch-probabilities', '--stdout', notes],
                           capture_output=True, text=True)
    for text in found.stdout.splitlines():
        for file in json.loads(text)['files']:
            name = os.path.normpath(file['file'])
            if not name.startswith('bot/') or name in MAINS:
                continue
            for line in file['lines']:
                number = line['line_number']
                lines[name][number] += line['count']
                for i, branch in enumerate(line['branches']):
                    key = (number, i)
                    branches[name][key] = branches[name].get(key, 0) + branch['count']

reasons = []  # (file pattern, pattern of the line's text, reason, used)
for row in open('tests/coverage.txt', encoding='utf-8'):
    if row.strip() and not row.startswith('#'):
        where, what, why = row.rstrip('\n').split('\t')
        reasons.append([where, re.compile(what), why, 0])


def reason(name, text):
    for row in reasons:
        if fnmatch.fnmatch(name, row[0]) and row[1].search(text):
            row[3] += 1
            return row[2]
    return None


total = {'lines': [0, 0], 'branches': [0, 0]}
unexplained = 0
with open(out + '/coverage.tsv', 'w', encoding='utf-8') as table, \
        open(out + '/uncovered.txt', 'w', encoding='utf-8') as listing:
    table.write('file\tlines\tlines reached\tbranches\tbranches reached\n')
    for name in sorted(lines):
        source = open(name, encoding='utf-8').read().splitlines()
        reached = sum(1 for n in lines[name].values() if n)
        taken = sum(1 for n in branches[name].values() if n)
        table.write('%s\t%d\t%d\t%d\t%d\n' % (name, len(lines[name]), reached, len(branches[name]), taken))
        total['lines'][0] += len(lines[name])
        total['lines'][1] += reached
        total['branches'][0] += len(branches[name])
        total['branches'][1] += taken
        missed = collections.Counter(line for (line, _), n in branches[name].items() if n == 0 and lines[name][line])
        for number in sorted(set(n for n, times in lines[name].items() if not times) | set(missed)):
            text = source[number - 1].strip()
            why = reason(name, text)
            what = '%d of %d branches' % (missed[number], sum(1 for l, _ in branches[name] if l == number)) \
                if number in missed else 'line'
            unexplained += why is None
            listing.write('%s:%d: %s: %s\n    %s\n' % (name, number, what, text, why or 'NO REASON GIVEN'))

status = 0
for what, (n, reached) in total.items():
    share = 100.0 * reached / n
    print('%s\t%d of %d\t%.1f %%\tfloor %.1f %%' % (what, reached, n, share, FLOORS[what]))
    status |= share < FLOORS[what]
for where, what, why, used in reasons:
    if not used:
        print('tests/coverage.txt: fits nothing any more: %s %s' % (where, what.pattern))
        status = 1
if unexplained:
    print('%d places have no reason in tests/coverage.txt; see %s/uncovered.txt' % (unexplained, out))
sys.exit(status)
