#!/bin/sh
# The shipped knowledge: its size and form, and that no question which measures
# it stands in its lists.
set -u
cd "$(dirname "$0")/.." || exit 2
exec python3 - <<'PYTHON'
import glob, json, os, re, subprocess, sys

number = bad = 0

def check(name, faults):
    global number, bad
    number += 1
    if faults:
        bad += 1
        print('\n'.join(str(f) for f in list(faults)[:20]))
    print(('not ok' if faults else 'ok'), number, '-', name)

def plain(text):
    return re.sub(r'[^a-z0-9]+', ' ', text.lower()).strip()

folder = '../shared/questions' if os.path.isdir('../shared/questions') else 'tests/eval/questions'
measured = set()
for path in glob.glob(folder + '/*.tsv'):
    for line in open(path, encoding='utf-8').read().splitlines()[1:]:
        measured.add(plain(line.split('\t')[1]))
for line in open(folder + '/dialogues.jsonl', encoding='utf-8'):
    measured.update(plain(turn['say']) for turn in json.loads(line)['turns'])

lists = glob.glob('knowledge/asked/*.tsv') + ['knowledge/%s.tsv' % name for name in
                                              ('out-of-scope', 'red-flag-lines', 'look-alikes',
                                               'calibration')]
found = []
for path in lists:
    for at, line in enumerate(open(path, encoding='utf-8'), 1):
        columns = line.rstrip('\n').split('\t')
        if len(columns) > 1 and len(plain(columns[1])) > 1 and plain(columns[1]) in measured:
            found.append('%s:%d: %s' % (path, at, columns[1]))
check('no question that measures stands in the lists', found)

calibration = {plain(line.split('\t')[1]): line for line in open('knowledge/calibration.tsv', encoding='utf-8')
               if '\t' in line}
both = []
for path in lists[:-1]:
    for at, line in enumerate(open(path, encoding='utf-8'), 1):
        columns = line.rstrip('\n').split('\t')
        if len(columns) > 1 and len(plain(columns[1])) > 1 and plain(columns[1]) in calibration:
            both.append('%s:%d: %s' % (path, at, columns[1]))
check('no question of calibration.tsv stands in another list', both)

topics = subprocess.run(['build/osseo', 'topics'], capture_output=True, text=True).stdout.splitlines()
ids = {line.split('\t')[0] for line in topics}
check('87 topics can be asked', [] if len(topics) == 87 and len(ids) == 87 else [len(topics)])

def refused(*questions):
    replies = [json.loads(subprocess.run(['build/osseo', 'ask', '--json', question],
                                         capture_output=True, text=True).stdout)
               for question in questions]
    return [reply['question'] for reply in replies if reply['outcome'] == 'none']

check('words that only ask are not refused',
      refused('how long', 'for how long then', 'how much then', 'tell me why', 'why is it',
              'how long does the operation take'))
check('who names implants is offered what is nearest, unless another kind is meant',
      set(refused('implants and trampolines', 'trampolines', 'breast implants and trampolines')) ^
      {'trampolines', 'breast implants and trampolines'})

asked = {}
for path in glob.glob('knowledge/asked/*.tsv'):
    for line in open(path, encoding='utf-8'):
        asked.setdefault(line.split('\t')[0], []).append(line)
check('every topic has at least a hundred lines of what people say',
      [t for t in ids if len(asked.get(t, [])) < 100])

articles = [p for p in glob.glob('knowledge/*.md')
            if os.path.basename(p) not in ('README.md', 'red-flags.md')]
check('there are 10 to 14 articles', [] if 10 <= len(articles) <= 14 else articles)
cards = open('knowledge/red-flags.md', encoding='utf-8').read()
check('there are at least 37 red flags, each with a card',
      [] if cards.count('- Card: ') >= 37 and cards.count('- Level: ') == cards.count('- Card: ') else ['count'])
sys.exit(bad > 0)
PYTHON
