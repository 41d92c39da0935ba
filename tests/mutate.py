"""Plants faults in bot/, one at a time, and sees whether `make check` notices.

  mutate.py [NUMBER...]          rows of tests/mutations.tsv, from 1; else all of them
  mutate.py --match [FILE]       only whether each row matches its source

A row is: file, text, what takes its place and, of a fault that no test notices, why it
may stay so.  A text that is not in its file, or is there more than once, ends the run:
the row has to be mended.  Each mutant is built and tested in
a copy, build/mutant/, by the suites of `make check`: first once each, then, of those
that are left, with a knowledge that they compiled themselves and under the sanitizers.

Exits with 1 where fewer than 90 % are caught, or where a row survives without a reason.
"""
import filecmp
import os
import shutil
import signal
import subprocess
import sys

HERE = os.path.abspath('build/mutant')
LEAST_CAUGHT = 0.9
OSSEO, KIOSK = 'build/osseo', 'build/osseo-kiosk'
# The quickest first.
SUITES = {
    'corpus': ['tests/corpus.sh', OSSEO], 'transcripts': ['tests/transcripts.sh', OSSEO],
    'answers': ['tests/answers.sh', OSSEO], 'forms': ['tests/forms.sh'], 'quality': ['tests/quality.sh'],
    'talk': ['tests/talk.sh', OSSEO], 'clinic': ['tests/clinic.sh'], 'export': ['tests/export.sh'],
    'faces': ['tests/faces.sh'], 'manual': ['tests/manual.sh'],
    'check': ['tests/check.sh'], 'unit': ['build/tests/unit'], 'hostile': ['tests/hostile.sh'],
    'pipe': ['tests/pipe.sh', OSSEO], 'server': ['tests/server.sh', KIOSK], 'faults': ['tests/faults.sh'],
}
# What a fault in a folder most likely breaks comes before all others.
FIRST = {'base': ['unit'], 'cli': ['forms', 'talk', 'pipe'], 'face': ['clinic', 'unit'],
         'kiosk': ['unit', 'server'], 'corpus': ['check', 'corpus', 'unit'], 'check': ['check', 'unit'],
         'compile': ['corpus', 'check', 'export', 'unit'], 'index': ['corpus', 'unit'], 'text': ['unit']}
CLOCKED = ('talk', 'pipe', 'server', 'faults')
# A fault of the faces is in one program alone; elsewhere it may be in any.
ONLY = {'kiosk': ['unit', 'server', 'faces', 'faults'],
        'cli': [name for name in SUITES if name not in ('unit', 'server', 'quality')]}
# With the knowledge that the mutant compiled, where the others take the sound one's.
OWN_KNOWLEDGE = {name: SUITES[name] for name in ('transcripts', 'quality')}
OWN_KNOWLEDGE['knowledge'] = ['tests/knowledge.sh']
SANITIZED = {
    'unit, sanitized': ['build/sanitized/tests/unit'], 'fuzz corpus, sanitized': ['tests/fuzz.sh'],
    'answers, sanitized': ['tests/answers.sh', 'build/sanitized/osseo'],
    'corpus, sanitized': ['tests/corpus.sh', 'build/sanitized/osseo'],
    'talk, sanitized': ['tests/talk.sh', 'build/sanitized/osseo'],
    'pipe, sanitized': ['tests/pipe.sh', 'build/sanitized/osseo'],
}
SHARED = ['make', '-s', '-j2', 'STATIC=', 'CFLAGS=-O1']
BUILD = SHARED + ['COMPILED=' + HERE + '/sound.osx', 'all', 'unit', 'faulty', 'build/tests/eval']
BUILD_OWN = SHARED + ['all', 'build/tests/eval']
BUILD_SANITIZED = ['make', '-s', '-j2', 'BUILD=build/sanitized', 'STATIC=', 'FORTIFY=',
                   'CFLAGS=-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all',
                   'COMPILED=' + HERE + '/sound.osx', 'build/sanitized/osseo', 'build/sanitized/tests/unit',
                   'fuzz-replay']


def read_rows(path):
    rows = []
    for number, line in enumerate(open(path, encoding='utf-8'), 1):
        if not line.strip() or line.startswith('#'):
            continue
        parts = [part.replace('¶', '\n') for part in line.rstrip('\n').split('\t')]
        if len(parts) not in (3, 4) or parts[1] == parts[2]:
            sys.exit('%s:%d: a row is file, text, what takes its place [and why it survives]' % (path, number))
        count = open(parts[0], encoding='utf-8').read().count(parts[1]) if os.path.exists(parts[0]) else 0
        if count != 1:
            sys.exit('%s:%d: %s holds this text %d times, not once: %s' %
                     (path, number, parts[0], count, parts[1]))
        rows.append((parts + [None])[:4])
    return rows


def passes(command, seconds):
    """A mutant that hangs does not pass, and is ended with all that it started."""
    process = subprocess.Popen(command, cwd=HERE, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, start_new_session=True,
                               env=dict(os.environ, LC_ALL='C'))
    try:
        return process.wait(timeout=seconds) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()


def is_passed(name, command):
    """Those that wait for a clock fail twice before it counts: the machine may be busy."""
    return passes(command, 240) or name in CLOCKED and passes(command, 240)


def copy_sources():
    """Files that are alike keep their times, so that little is built anew."""
    tracked = subprocess.run(['git', 'ls-files'], capture_output=True, text=True, check=True).stdout.splitlines()
    for folder in ('bot', 'tests'):
        for at, _, names in os.walk(os.path.join(HERE, folder)):
            for name in names:
                path = os.path.join(at, name)
                if os.path.relpath(path, HERE) not in tracked:
                    os.remove(path)
    for name in tracked:
        target = os.path.join(HERE, name)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        if not os.path.exists(target) or open(target, 'rb').read() != open(name, 'rb').read():
            shutil.copy(name, target)
    shutil.copy('build/knowledge.osx', os.path.join(HERE, 'sound.osx'))


def builds(build):
    """make does not see that the knowledge came from elsewhere the last time."""
    knowledge, sound = os.path.join(HERE, 'build/knowledge.osx'), os.path.join(HERE, 'sound.osx')
    is_other = build is BUILD_OWN or (os.path.exists(knowledge) and
                                      not filecmp.cmp(knowledge, sound, shallow=False))
    if is_other and build is not BUILD_SANITIZED:
        for made in knowledge, os.path.join(HERE, 'build/obj/face/builtin-bytes.o'):
            if os.path.exists(made):
                os.remove(made)
    return passes(build, 1800)


def prepare():
    os.makedirs(HERE, exist_ok=True)
    copy_sources()
    for build, suites in (BUILD, SUITES), (BUILD_OWN, OWN_KNOWLEDGE), (BUILD_SANITIZED, SANITIZED):
        if not builds(build):
            sys.exit('the copy in build/mutant does not build')
        failing = [name for name, command in suites.items() if not is_passed(name, command)]
        if failing:
            sys.exit('without a fault these fail already: ' + ', '.join(failing))


def suites_of(file, suites):
    """Those that run a program with the file in it, the likeliest first."""
    floor = file.split('/')[1]
    first, only = FIRST.get(floor, []), ONLY.get(floor, SUITES)
    order = sorted(suites, key=lambda name: first.index(name) if name in first else len(first))
    return [name for name in order if name in only or suites is SANITIZED]


def plant(row, stages):
    """What catches the fault of a row, or None."""
    file, old, new, _ = row
    path = os.path.join(HERE, file)
    text = open(path, encoding='utf-8').read()
    with open(path, 'w', encoding='utf-8') as out:
        out.write(text.replace(old, new))
    try:
        for build, suites in stages:
            if not builds(build):
                # What compiles the knowledge may itself be what is broken.
                return 'build' if build is BUILD_OWN else sys.exit('this row does not build: ' + file)
            for name in suites_of(file, suites):
                if not is_passed(name, suites[name]):
                    return name
        return None
    finally:
        with open(path, 'w', encoding='utf-8') as out:
            out.write(text)


def tell(number, row, verdict):
    shown = [part.replace('\n', '¶') for part in row[:3]]
    print('%3d  %-12s  %s: %s -> %s' % (number, verdict, *shown), flush=True)


def main(arguments):
    if arguments[:1] == ['--match']:
        rows = read_rows(arguments[1] if len(arguments) > 1 else 'tests/mutations.tsv')
        print('%d rows match their sources' % len(rows))
        return 0
    rows = dict(enumerate(read_rows('tests/mutations.tsv'), 1))
    chosen = [int(number) for number in arguments] or list(rows)
    prepare()
    left = []
    for number in chosen:
        catcher = plant(rows[number], [(BUILD, SUITES)])
        tell(number, rows[number], catcher or 'not yet')
        left += [] if catcher else [number]
    survivors = []
    for number in left:
        catcher = plant(rows[number], [(BUILD_OWN, OWN_KNOWLEDGE), (BUILD_SANITIZED, SANITIZED)])
        reason = rows[number][3]
        tell(number, rows[number], catcher or ('SURVIVES: ' + reason if reason else 'SURVIVES'))
        survivors += [] if catcher else [number]
    n_unexplained = sum(rows[number][3] is None for number in survivors)
    n_caught = len(chosen) - len(survivors)
    print('%d of %d faults caught (%.0f %%); of the others %d survive without a reason' %
          (n_caught, len(chosen), 100.0 * n_caught / max(len(chosen), 1), n_unexplained))
    return int(n_caught < LEAST_CAUGHT * len(chosen) or n_unexplained > 0)


sys.exit(main(sys.argv[1:]))
