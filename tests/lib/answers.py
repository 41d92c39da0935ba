"""Conversations with tests/knowledge/whole, which has a list of every kind.

Rows of tests/answers/whole.tsv: outcome, topic, card (- for none), what is typed; an
empty line starts a new conversation.  And what must hold for each reply, whatever it says.
"""
import json
import os
import subprocess
import sys

PROGRAM, FILE = sys.argv[1], 'tests/answers/whole.tsv'
number = bad = 0


def check(name, good, why=''):
    global number, bad
    number += 1
    bad += not good
    if not good:
        print(why)
    print('ok' if good else 'not ok', number, '-', name)


lines = open(FILE, encoding='utf-8').read().splitlines()
rows = [line.split('\t') for line in lines if not line.startswith('#')]
out = subprocess.run([PROGRAM, '--knowledge', 'tests/knowledge/whole', '--json', '--explain',
                      '--dialogue'], input='\n'.join(row[-1] for row in rows) + '\n', capture_output=True, text=True)
replies = [json.loads(line) for line in out.stdout.splitlines()]
wrong = []
for row in rows:
    if row == ['']:
        continue
    reply = replies.pop(0)
    got = [reply['outcome'], reply['topic'] or '-', reply['card']['id'] if reply['card'] else '-']
    check(row[-1], all(w in ('*', g) for w, g in zip(row, got)), (row, got))
    if reply['shares'] and abs(sum(s['share'] for s in reply['shares']) - reply['score']) > 0.001:
        wrong.append(('shares', row))
    if reply['outcome'] in ('answer', 'choices') and not reply['caveat']:
        wrong.append(('caveat', row))
    if reply['passage'] and reply['key_sentence'] not in reply['passage']:
        wrong.append(('key sentence', row))
    if len(set(source['title'] for source in reply['sources'])) < len(reply['sources']):
        wrong.append(('sources', row))
    if (reply['card'] is None) != (reply['urgency'] == 'none'):
        wrong.append(('card', row))
check('shares add up, no caveat is missing, sources come once, key sentences are of their passage, cards have urgency', not wrong, wrong)
sys.exit(bad > 0)
