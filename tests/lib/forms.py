"""The forms that a reply has as text: widths, colour, labels, what is overdue."""
import os
import re
import shutil
import subprocess
import sys
import tempfile

PROGRAM = os.path.abspath(sys.argv[1])
SMALL = os.path.abspath('tests/knowledge/small')
number = bad = 0


def check(name, good, why=''):
    global number, bad
    number += 1
    bad += not good
    if not good:
        print(why)
    print('ok' if good else 'not ok', number, '-', name)


def text(*arguments, data=b'can i smoke\n', **environment):
    return subprocess.run([PROGRAM, '--knowledge', folder, *arguments], input=data, capture_output=True,
                          env=dict(os.environ, **environment)).stdout.decode()


folder = os.path.join(tempfile.mkdtemp(), 'k')
shutil.copytree(SMALL, folder)
article = os.path.join(folder, 'healing.md')
old = open(article).read()
open(article, 'w').write(old.replace('review_due: 2027-11-24', 'review_due: 2026-11-24').replace('2026-11-24', '2020-01-01')
                         .replace('A journal, n.d.', 'A journal, 2020. <https://example.org/t>'))
shown = text('--plain', '--width', '40')
check('an overdue article says so', 'overdue for its review' in shown, shown)
check('a source has its year and address', re.search('2020.\\s+https://example.org/t', shown), shown)
check('--width wraps', max(len(line) for line in shown.splitlines()) <= 40, shown)
check('ACCESSIBLE=1 labels as --plain does', text(ACCESSIBLE='1') == text('--plain') and 'Answer: ' in text(ACCESSIBLE='1'))
check('--color=always colours a pipe', '\x1b[1m' in text('--color=always'))
check('--color=never does not', '\x1b' not in text('--color=never'))
open(article, 'w', encoding='utf-8').write('\ufeff' + old.replace('\n', '\r\n'))
check('an article with the mark of some editors, and their line ends, reads the same, whatever ends its folder\'s name',
      text() == subprocess.run([PROGRAM, '--knowledge', SMALL + '//'], input=b'can i smoke\n',
                               capture_output=True).stdout.decode() != '')
shown = text('ask', 'is it smoking or is it bleeding')
check('choices are offered with the caveat', 'Please' in shown and shown != '', shown)
shown = text('--plain', '--width', '40', data=b'useful questions for the dentist: how long before surgery do i have to stop, what '
             b'happens if i cannot\n')
check('a list hangs below its dash, with one label', '\n- How long before surgery do I have to\n  stop?\n' in shown and
      shown.count('Answer:') == 1, shown)
shutil.rmtree(os.path.dirname(folder))
sys.exit(bad > 0)
