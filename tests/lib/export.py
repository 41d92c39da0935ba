"""Holds an export for OpenSearch against the files of knowledge/; see tests/export.sh."""
import glob
import json
import re
import subprocess
import sys

OUT = sys.argv[1]
number = bad = 0


def check(name, good, why=''):
    global number, bad
    number += 1
    bad += not good
    if not good:
        print(why)
    print('ok' if good else 'not ok', number, '-', name)


def lines(path):
    with open(path, encoding='utf-8') as file:
        return [line.rstrip('\n') for line in file if line.strip() and not line.startswith('# ')]


index = json.load(open(OUT + '/osseo-index.json', encoding='utf-8'))
bulk = [json.loads(line) for line in open(OUT + '/osseo-bulk.ndjson', encoding='utf-8')]
actions, documents = bulk[::2], bulk[1::2]
settings, analysis = index['settings'], index['settings']['analysis']
properties = index['mappings']['properties']

check('the bulk file holds an action and a document in turn', len(actions) == len(documents) and
      all(list(action) == ['index'] for action in actions))
ids = [action['index']['_id'] for action in actions]
check('each with an id of its own', len(set(ids)) == len(ids) > 0)
check('every field of a document is mapped, and every mapped field is used',
      set().union(*documents) == set(properties), (set().union(*documents), set(properties)))

given = json.loads(subprocess.run(['build/osseo', '--json', 'ask', 'how long do implants last?'],
                                  capture_output=True, check=True).stdout)
topics = dict(line.split('\t') for line in subprocess.run(
    ['build/osseo', 'topics'], capture_output=True, text=True, check=True).stdout.splitlines())
check('every topic is there with its heading',
      {d['topic']: d['heading'] for d in documents} == topics)
wrong = []
replies = subprocess.run(['build/osseo', '--json'], input='\n'.join(topics.values()), capture_output=True,
                         text=True).stdout.splitlines()
for reply in map(json.loads, replies):
    if reply['outcome'] == 'answer':
        mine = [d['text'] for d in documents if d['topic'] == reply['topic']]
        if sorted(mine) != sorted([reply['passage']] + reply['more']):
            wrong.append(reply['topic'])
check('every passage is there, and no other', not wrong and len(replies) == len(topics), wrong)
asked = {tuple(line.split('\t')[:2]) for path in glob.glob('knowledge/asked/*.tsv') for line in lines(path)}
held = {(d['topic'], question) for d in documents for question in d['asked']}
check('every line of asked/ is there', asked <= held, list(asked - held)[:5])
cited = {s['title'] for d in documents for s in d['sources']}
check('sources and dates are there', given['sources'][0]['title'] in cited and
      all(d['sources'] and re.fullmatch(r'\d{4}-\d\d-\d\d', d['reviewed']) for d in documents))

rules = analysis['filter']['osseo_synonyms']['synonyms']
missing = []
for line in lines('knowledge/synonyms.txt'):
    left, _, right = (part.strip() for part in line.partition('=>'))
    words = [w.strip() for w in left.split(',')]
    wanted = ', '.join(words)
    if right:
        wanted += ' => ' + ', '.join(words + [w.strip() for w in right.split(',')])
    if wanted not in rules:
        missing.append(wanted)
check('every synonym is there, and no other', not missing and len(rules) == len(lines('knowledge/synonyms.txt')), missing)
check('every filter that an analyzer names is defined or built in',
      all(f in analysis['filter'] or f in ('lowercase', 'asciifolding')
          for a in analysis['analyzer'].values() for f in a['filter']))
header = open('bot/index/weight.c', encoding='utf-8').read()
k1, b = (float(re.search(r'\.%s = ([\d.]+)' % name, header).group(1)) for name in ('k1', 'b'))
weights = [float(x) for x in re.search(r'field_weight = \{ ([^}]*) \}', header).group(1).split(',')]
check('BM25 has our k1 and b', settings['index.similarity.osseo'] == {'type': 'BM25', 'k1': k1, 'b': b})
check('the fields have our weights', settings['index.query.default_field'] ==
      ['%s^%g' % pair for pair in zip(('heading', 'asked', 'text'), weights)] and
      all(properties[f]['similarity'] == 'osseo' for f in ('heading', 'asked', 'text')))
run = subprocess.run(['build/osseo', 'export', '--opensearch', 'README.md', '-o', OUT], capture_output=True, text=True)
check('what is no knowledge folder is refused', run.returncode == 2 and 'README.md' in run.stderr, run)
run = subprocess.run(['build/osseo', 'export', 'knowledge'], capture_output=True, text=True)
check('the form has to be named', run.returncode == 2 and '--opensearch' in run.stderr, run)
sys.exit(bad > 0)
