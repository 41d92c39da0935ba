"""Hostile text in everything that a program reads: files, names, arguments, corpora.

Wherever it stands, it is refused with its place or comes out harmless: what is
written is UTF-8 without a character that steers a terminal or turns text around.
Questions are the business of tests/lib/pipe.py.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile

PROGRAM = os.path.abspath(sys.argv[1])
SMALL = 'tests/knowledge/small'
number = bad = 0

CHARACTERS = {
    'a zero byte': b'\0', 'a bell': b'\a', 'an escape sequence': b'\x1b[2J', 'DEL': b'\x7f',
    'a C1 control': b'\xc2\x9b2J', 'a right-to-left override': '\u202e'.encode(), 'an isolate': '\u2066'.encode(),
    'a left-to-right mark': '\u200e'.encode(), 'a line separator': '\u2028'.encode(),
    'a byte order mark': '\ufeff'.encode(), 'overlong UTF-8': b'\xc0\xaf', 'a lone surrogate': b'\xed\xa0\x80',
    'a byte that is not UTF-8': b'\xff', 'markup': b'<script>alert(1)</script>', 'a percent sign': b'%s%n',
    'zero-width joiners': '\u200d\u200c\u2060'.encode(), 'full-width letters': '\uff53\uff4d\uff4f\uff4b\uff45'.encode(),
}
REFUSED = [name for name in CHARACTERS if name not in (
    'markup', 'a percent sign', 'zero-width joiners', 'full-width letters')]

# Where it is put: a file of the small knowledge, and the text that it is put behind.
PLACES = [
    ('healing.md', 'title: Heal'), ('healing.md', '## How much bleeding'), ('healing.md', 'Is pink spit'),
    ('healing.md', 'A little oozing'), ('healing.md', 'How long before surgery'), ('healing.md', '[S1]: Advice'),
    ('healing.md', 'https://example.org/'), ('healing.md', '{#smok'), ('red-flags.md', '**Call 999'),
    ('red-flags.md', 'throat'), ('red-flags.md', 'worried'), ('synonyms.txt', 'blood'), ('words.txt', 'smoky'),
    ('out-of-scope.tsv', 'weather'), ('smalltalk.tsv', 'hello'), ('either-or.tsv', 'smoking after'),
    ('asked/healing.tsv', '\t'),
]


def check(name, good, why=''):
    global number, bad
    number += 1
    bad += not good
    if not good:
        print(why)
    print('ok' if good else 'not ok', number, '-', name)


def run(*arguments, data=b''):
    return subprocess.run([PROGRAM, *arguments], input=data, capture_output=True, timeout=60)


def steering(out):
    """What is written that steers a terminal, or is not UTF-8."""
    try:
        text = (out.stdout + out.stderr).decode('utf-8')
    except UnicodeDecodeError as error:
        return [str(error)]
    return [c for c in text if (ord(c) < 32 and c not in '\n\t') or 127 <= ord(c) < 160 or c in
            '\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff']


QUESTIONS = b'can i smoke\nhow much bleeding is normal\ni can\'t breathe\nhello\nwho won the cup\n'
folder = tempfile.mkdtemp()
here = os.path.join(folder, 'k')
for what, character in CHARACTERS.items():
    wrong = []
    for name, behind in PLACES:
        shutil.rmtree(here, ignore_errors=True)
        shutil.copytree(SMALL, here)
        path = os.path.join(here, name)
        text = open(path, 'rb').read()
        assert behind.encode() in text, (name, behind)
        open(path, 'wb').write(text.replace(behind.encode(), behind.encode() + character, 1))
        runs = [run('--knowledge', here, 'topics'), run('check', here)]
        built = runs[0].returncode == 0
        if built:
            runs += [run('--knowledge', here, '--json', '--explain', data=QUESTIONS),
                     run('--knowledge', here, data=QUESTIONS), run('diff', SMALL, here)]
        for out in runs:
            if out.returncode not in (0, 1, 2) or steering(out):
                wrong.append((name, behind, out.args, out.returncode, steering(out)[:5]))
        if built and what in REFUSED or not built and name.encode() + b':' not in runs[0].stderr:
            wrong.append((name, behind, 'built' if built else runs[0].stderr))
        if built:
            for line in runs[2].stdout.splitlines():
                json.loads(line)
    check('%s in a knowledge is refused with its place, or harmless' % what, not wrong, wrong[:4])

    # A corpus of others is not refused for it.
    corpus = os.path.join(folder, 'c.jsonl')
    lines = [{'_id': '1', 'title': 'A X title', 'text': 'Smoke X rises.'}, {'_id': 'X2', 'text': 'Smoke X falls.'}]
    open(corpus, 'wb').write(b'\n'.join(json.dumps(x).encode().replace(b'X', character) for x in lines) + b'\n')
    queries = os.path.join(folder, 'q.tsv')
    open(queries, 'wb').write(b'q' + character + b'1\tsmoke' + character + b' rises\n')
    wrong = [(out.args, steering(out)) for out in (
        run('--knowledge', corpus, 'topics'), run('--knowledge', corpus, data=b'smoke\n'),
        run('--knowledge', corpus, '--json', data=b'smoke\n'), run('--knowledge', corpus, 'rank', queries),
        run('index', '--strict', corpus, '-o', os.path.join(folder, 'c.osx')))
        if steering(out) or out.returncode not in (0, 1, 2)]
    check('%s in a corpus and in its queries is harmless' % what, not wrong, wrong[:3])

    # Names of files and arguments reach messages.
    if b'\0' not in character:
        odd = os.path.join(folder.encode(), b'a' + character.replace(b'/', b''))
        shutil.rmtree(odd, ignore_errors=True)
        shutil.copytree(SMALL.encode(), odd)
        os.rename(odd + b'/healing.md', odd + b'/heal' + character.replace(b'/', b'') + b'.md')
        open(odd + b'/synonyms.txt', 'ab').write(b'zebra => giraffe\n\n=> => =>\n')
        wrong = [(out.args, steering(out)) for out in (
            run('check', odd), run('--knowledge', odd, 'topics'), run('--knowledge', odd, 'ask', 'smoke'),
            run('index', odd, '-o', b'/nowhere/' + character), run('--knowledge', b'/nowhere/' + character),
            run(character), run(b'--' + character), run(b'--jso' + character), run(b'--width=' + character),
            run(b'--color', character), run('ask', character), run('rank', '-k', character, 'x'), run('diff', odd, character),
            run('--clinic', character, 'topics'), run('rank', character)) if steering(out) or out.returncode not in (0, 1, 2)]
        check('%s in a name or an argument is harmless' % what, not wrong, wrong[:3])

# Much of it.
LONG = {
    'ten megabytes in a line': b'Implants heal well. ' * 500000,
    'a hundred thousand combining marks': 'Implants heal wel\u0301'.encode() + '\u0301'.encode() * 100000,
    'a hundred thousand zero-width joiners': 'Implants he'.encode() + '\u200d'.encode() * 100000 + b'al.',
    'a word of a hundred thousand letters': b'Implants ' + b'a' * 100000,
    'ten thousand brackets': b'Implants ' + b'[' * 10000 + b']' * 10000 + b'(' * 10000,
    'ten thousand stars and quotes': b'Implants ' + b'*_`>' * 10000,
    'ten thousand list levels': b'\n'.join(b' ' * (i % 100) + b'- x' for i in range(10000)),
}
for what, text in list(LONG.items()):  # as much of it as a line may hold, too
    LONG['a line of ' + what] = text[:16000].decode('utf-8', 'ignore').encode()
for what, text in LONG.items():
    for name, behind in [('healing.md', 'A little oozing'), ('red-flags.md', 'throat'), ('synonyms.txt', 'blood'),
                         ('asked/healing.tsv', '\t')]:
        shutil.rmtree(here, ignore_errors=True)
        shutil.copytree(SMALL, here)
        path = os.path.join(here, name)
        old = open(path, 'rb').read()
        open(path, 'wb').write(old.replace(behind.encode(), behind.encode() + b' ' + text, 1))
        outs = [run('--knowledge', here, '--json', data=QUESTIONS), run('check', here)]
        good = all(out.returncode in (0, 1, 2) and not steering(out) and (out.returncode < 2 or out.stderr) for out in outs)
        check('%s in %s: an answer or an error' % (what, name), good, [(o.returncode, o.stderr[:300]) for o in outs])

# Synonyms that stand for each other in a circle, and too many of them.
shutil.rmtree(here, ignore_errors=True)
shutil.copytree(SMALL, here)
with open(os.path.join(here, 'synonyms.txt'), 'w') as file:
    file.write('smoke => fag\nfag => smoke\nsmoke, puff, fag\npuff => smoke, smoke, puff\n')
out = run('--knowledge', here, data=b'can i smoke a fag or puff\n')
check('synonyms in a circle are followed once', out.returncode == 0 and b'People who smoke' in out.stdout, out)
with open(os.path.join(here, 'synonyms.txt'), 'w') as file:
    file.write(', '.join('w%d' % i for i in range(65)) + '\n')
out = run('--knowledge', here, 'topics')
check('a synonym line of 65 words is told', out.returncode == 2 and b'synonyms.txt:1: error: ' in out.stderr, out)

# Red flags are seen through what hides letters.
for what, question in {
        'zero-width joiners': 'i can\u200d\u2019t br\u200beat\u2060he', 'full-width letters': '\uff49 can\u2019t \uff42\uff52\uff45\uff41\uff54\uff48\uff45',
        'combining marks': 'i can\u2019t bre\u0301a\u0300the', 'soft hyphens': 'i can\u2019t brea\u00adthe',
        'bidi overrides': '\u202ei can\u2019t breathe\u202c', 'bold letters': 'i can\u2019t \U0001d41b\U0001d42b\U0001d41e\U0001d41a\U0001d42d\U0001d421\U0001d41e',
        'bytes that are no text': b'\xff\xfei can\'t breathe\x00\x1b[2J', 'capitals': 'I CAN\u2019T BREATHE!!!',
        'ten thousand words before it': 'bla ' * 900 + 'i can\u2019t breathe'}.items():
    data = question if isinstance(question, bytes) else question.encode()
    out = run('--knowledge', SMALL, '--json', data=data + b'\n')
    check('a red flag is seen through ' + what, out.stdout and json.loads(out.stdout)['urgency'] == 'emergency', out)
shutil.rmtree(folder)
sys.exit(bad > 0)
