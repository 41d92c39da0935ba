#!/bin/sh
# The linter, fault by fault: each row of tests/check/faults.txt breaks a copy of a
# sound little knowledge in one place.  And `osseo diff` on an edit.
set -u
cd "$(dirname "$0")/.." || exit 2
exec python3 - "${1:-build/osseo}" <<'PYTHON'
import os, re, shutil, subprocess, sys, tempfile

number = bad = 0

def check(name, good, why=''):
    global number, bad
    number += 1
    bad += not good
    if not good:
        print(why)
    print('ok' if good else 'not ok', number, '-', name)

def run(*arguments):
    out = subprocess.run([sys.argv[1], *arguments], capture_output=True, text=True)
    return out.returncode, out.stdout, out.stderr

status, out, _ = run('check', 'knowledge')
check('the shipped knowledge has no error and no unexplained warning', (status, out) == (0, ''), out)
status, out, _ = run('check', 'tests/knowledge/small')
check('the small knowledge is sound', (status, out) == (0, ''), out)

rows = [line.rstrip('\n').split('\t') for line in open('tests/check/faults.txt', encoding='utf-8')
        if not line.startswith('#')]
for file, script, wanted in rows:
    with tempfile.TemporaryDirectory() as folder:
        here = os.path.join(folder, 'k')
        name, file = ('whole', file[6:]) if file.startswith('whole/') else ('small', file)
        shutil.copytree('tests/knowledge/' + name, here)
        subprocess.run(['sed', '-i', script.replace('\\t', '\t'), os.path.join(here, file)], check=True)
        status, out, error = run('check', here)
        lines = out.replace(here, 'HERE').splitlines()
        check('check says: ' + wanted, 'HERE/' + wanted in lines and status == 1, (status, lines, error))
        if ': warning: ' not in wanted or 'exception' in wanted:
            continue
        rule = wanted[wanted.rindex('[') + 1:-1]
        with open(os.path.join(here, 'exceptions.tsv'), 'w') as out:
            out.write('# where\trule\twhy\n\n%s\t%s\tit is wanted so\n' % (os.path.basename(file), rule))
        status, out, error = run('check', here)
        check('an exception for the file lifts it: ' + rule, '[%s]' % rule not in out and 'exceptions.tsv' not in out, out)

with tempfile.TemporaryDirectory() as folder:
    here = os.path.join(folder, 'k')
    shutil.copytree('tests/knowledge/small', here)
    os.remove(os.path.join(here, 'red-flags.md'))
    status, out, error = run('--knowledge', here, 'topics')
    check('a knowledge without red flags does not build', status == 2 and 'red-flags.md' in error, error)

    shutil.copy('tests/knowledge/small/red-flags.md', here)
    with open(os.path.join(here, 'exceptions.tsv'), 'w') as file:
        file.write('smoking\trelated-self\tthe dentist wants it so\n')
    status, out, _ = run('check', here)
    check('an exception that lifts nothing is told', 'exceptions.tsv:1: warning' in out, out)
    subprocess.run(['sed', '-i', 's/^- Related: bleeding/- Related: smoking/', os.path.join(here, 'healing.md')])
    status, out, _ = run('check', here)
    check('a recorded reason lifts a warning', (status, out) == (0, ''), out)

    status, out, error = run('diff', 'tests/knowledge/small', 'tests/knowledge/small')
    check('diff finds nothing between a knowledge and itself', (status, out) == (0, ''), (out, error))
    subprocess.run(['sed', '-i', 's/is normal for a day or two/is normal for two days/',
                    os.path.join(here, 'healing.md')])
    status, out, error = run('diff', 'tests/knowledge/small', here)
    check('diff shows the old and the new words of an edited paragraph',
          status == 1 and 'a day or two' in out and 'for two days' in out and 'asked: ' in out, (status, out, error))
    status, out, error = run('diff', 'tests/knowledge/small', 'tests/knowledge/whole')
    check('diff names topics that came', status == 1 and 'topic added: swelling' in out, (status, out[-500:], error))
    status, out, error = run('diff', 'tests/knowledge/whole', 'tests/knowledge/small')
    check('and topics that went', status == 1 and 'topic removed: swelling' in out, (status, out[-500:], error))
    shutil.rmtree(here)
    shutil.copytree('tests/knowledge/whole', here)
    subprocess.run(['sed', '-i', 's/^- Card: Ring your dentist, or/- Card: Ring us, or/; s/^- BLEEDING .. won/- BLEEDING or so .. won/',
                    os.path.join(here, 'red-flags.md')])
    status, out, error = run('diff', 'tests/knowledge/whole', here)
    check('diff names a card that changed, and the lines that show it', status == 1 and
          'card with other words or urgency: not-stopping' in out and 'asked: blood keeps pouring' in out,
          (status, out, error))
    subprocess.run(['sed', '-i', 's/{#not-stopping}/{#bleeds-on}/', os.path.join(here, 'red-flags.md')])
    os.remove(os.path.join(here, 'red-flag-lines.tsv'))
    status, out, error = run('diff', 'tests/knowledge/whole', here)
    check('and cards that came and went', 'card removed: not-stopping' in out and 'card added: bleeds-on' in out,
          (status, out, error))
    status, out, error = run('diff', 'tests/knowledge/small', '/nowhere')
    check('diff of a missing knowledge is trouble', status == 2 and 'osseo: ' in error, error)

    compiled = os.path.join(folder, 'k.osx')
    check('index compiles a folder', run('index', 'tests/knowledge/small', '-o', compiled)[0] == 0)
    check('check verifies a compiled file', run('check', compiled) == (0, '', ''))
    again = os.path.join(folder, 'again.osx')
    run('index', 'tests/knowledge/small', '-o', again)
    check('compiling twice gives the same bytes', open(compiled, 'rb').read() == open(again, 'rb').read())
    whole = open(compiled, 'rb').read()
    missed = []
    for part in range(20):
        data = bytearray(whole)
        data[len(data) * part // 20] ^= 1
        open(compiled, 'wb').write(data)
        status, out, error = run('check', compiled)
        if status != 2 or not error.startswith("osseo: '%s': " % compiled):
            missed.append((part, status, error))
    check('one flipped bit is found wherever it is, and in which file', not missed, missed)
    corpus = os.path.join(folder, 'c.jsonl')
    with open(corpus, 'w') as file:
        file.writelines('{"_id": "p%d", "title": "t", "text": "word%d common"}\n' % (i, i % 50)
                        for i in range(500))
    run('index', corpus, '-o', compiled)
    check('check verifies a compiled corpus', run('check', compiled) == (0, '', ''))
    check('and has nothing more to say of it', run('check', '--verbose', compiled) == (0, '', ''))
    open(compiled, 'ab').write(b'more')
    status, out, error = run('check', compiled)
    check('a file that has grown is told', status == 2 and 'grown' in error, (status, error))

with tempfile.TemporaryDirectory() as folder:
    here = os.path.join(folder, 'k')
    shutil.copytree('tests/knowledge/small', here)
    article = os.path.join(here, 'healing.md')
    text = open(article, encoding='utf-8').read()
    open(article, 'w').write(text.replace('[S1][S2]', 'Rest well and drink water. ' * 30 + '[S1][S2]'))
    status, out, _ = run('check', here)
    check('a paragraph that is too long is told at its line',
          'healing.md:17: warning: ' in out and '[passage-length]' in out, out)
    bleeding, smoking = text.split('## Can I have implants if I smoke?')
    answer = bleeding.split('- Related: smoking')[1]
    sources = smoking[smoking.index('## Sources'):]
    head = smoking[:smoking.index('People who smoke')]
    open(article, 'w').write(bleeding + '## Can I have implants if I smoke?' + head + answer + sources)
    status, out, _ = run('check', here)
    check('two sections that answer the same thing are told', '[same-answer]' in out, out)
    open(os.path.join(here, 'exceptions.tsv'), 'w').write('smoking\tsame-answer\n')
    status, out, _ = run('check', here)
    check('an exception without a reason is an error',
          'exceptions.tsv:1: error: ' in out and '[exception-form]' in out, out)
    for text in ('smoking\n', 'smoking\tsame-answer\t \n'):
        open(os.path.join(here, 'exceptions.tsv'), 'w').write(text)
        status, out, _ = run('check', here)
        check('so is one that reads ' + repr(text), '[exception-form]' in out, out)
    os.remove(os.path.join(here, 'exceptions.tsv'))
    os.symlink('/nowhere', os.path.join(here, 'exceptions.tsv'))
    check('exceptions that lead nowhere are none', run('check', here)[0] == 1)
    os.remove(os.path.join(here, 'exceptions.tsv'))
    open(os.path.join(here, 'exceptions.tsv'), 'w').write('x' * 2000000)
    status, out, error = run('check', here)
    check('exceptions that are too long are told', status == 1 and 'exceptions.tsv:1: error: this line is longer than' in out, out)

status, out, _ = run('check', '--verbose', 'tests/knowledge/whole')
listed = [[float(share) for share in re.findall(r'^ +([\d.]+) %', part, re.M)] for part in out.split('\nby ')[1:]]
check('the worst come first', len(listed) == 2 and all(len(set(part)) > 1 and part == sorted(part) for part in listed), out)
check('and no line is asked that was seen: not all are right', float(re.search(r'seen: ([\d.]+) %', out).group(1)) < 90, out)
status, out, _ = run('check', '--verbose', 'tests/knowledge/small')
check('check --verbose reports what can be expected, by voice and by topic',
      'had they not been seen' in out and 'by voice' in out and 'by topic' in out, out)
check('and names a line that a neighbour takes, with its place',
      '1 lines of bleeding go to smoking' in out and 'asked/healing.tsv:3: "how do I stop' in out, out)
sys.exit(bad > 0)
PYTHON
