"""Faults under a program that runs: memory, files, output; see tests/faults.sh.

Each call that can fail does, the first of them, then the second, until none is left
to fail.  The program must then do what it does without a fault, or say what is wrong
and end with status 2; the file it writes is the old one or the new one, whole.
"""
import errno
import os
import shutil
import signal
import subprocess
import sys
import tempfile

PROGRAM, PRELOAD = (os.path.abspath(path) for path in sys.argv[1:3])
STEP = int(os.environ.get('STEP') or 0)
SMALL = os.path.abspath('tests/knowledge/small')
number = bad = 0


def check(name, good, why=''):
    global number, bad
    number += 1
    bad += not good
    if not good:
        print(why)
    print('ok' if good else 'not ok', number, '-', name)


def run(arguments, data=b'', fault=None, **more):
    """The finished run, and whether the fault happened."""
    environment = dict(os.environ, LC_ALL='C', TERM='dumb')
    mine, theirs = os.pipe()
    if fault:
        environment.update(LD_PRELOAD=PRELOAD, FAULT=fault, FAULT_TELL=str(theirs))
    more.setdefault('stdout', subprocess.PIPE)
    out = subprocess.run([PROGRAM] + arguments, input=data, stderr=subprocess.PIPE, env=environment,
                         pass_fds=(theirs,), timeout=120, **more)
    os.close(theirs)
    happened = os.read(mine, 1) == b'!'
    os.close(mine)
    return out, happened


def fail_each(name, arguments, call, what, data=b'', step=1, after=None, rides_out=True, always=False):
    """Lets each `call` of a command fail in turn; with `always` never more of them than step says."""
    right, _ = run(arguments, data)
    if after:
        after(0, right)
    wrong, n_faults, at = [], 0, 1
    while True:
        out, happened = run(arguments, data, '%s:%d:%s' % (call, at, what))
        n_faults += happened
        same = out.stdout == right.stdout and out.returncode == right.returncode
        told = out.returncode == 2 and out.stderr != b''
        if happened and not (told or (same and rides_out)) or not happened and not same:
            wrong.append((at, out.returncode, out.stdout[-300:], out.stderr[-300:]))
        if after:
            wrong += after(at, out)
        if not happened:
            break
        at += STEP if STEP and not always else step
    check('%s: %d faults of %s (%s) are told or ridden out' % (name, n_faults, call, what),
          not wrong and n_faults > 0, wrong[:3])


folder = tempfile.mkdtemp()
compiled = os.path.join(folder, 'small.osx')
output = os.path.join(folder, 'out.osx')
queries = os.path.join(folder, 'queries.tsv')
clinic = os.path.join(folder, 'clinic.conf')
with open(queries, 'w') as file:
    file.write('1\tcan I smoke\n2\thow long does it bleed\n')
with open(clinic, 'w') as file:
    file.write('[clinic]\nname = Park Street\ntelephone = 020 7946 0000\n')
subprocess.run([PROGRAM, 'index', SMALL, '-o', compiled], check=True)
whole = open(compiled, 'rb').read()
with_small = ['--knowledge', compiled]

# Memory.
for arguments, data, step in [
        (['ask', 'can i smok with implants'], b'', 1),
        (['--json', '--dialogue', '--explain', '--clinic', clinic], b'how long\nand if i smok\n\nhello\n', 3),
        (with_small + ['topics'], b'', 1),
        (with_small + ['rank', '-k', '3', queries], b'', 1),
        (['--knowledge', SMALL, 'topics'], b'', 41),
        (['check', SMALL], b'', 5),
        (['diff', compiled, SMALL], b'', 67)]:
    fail_each('osseo ' + ' '.join(arguments).replace(folder + '/', ''), arguments, 'malloc', '12', data, step)


# What is written is the old file or the new one, and nothing is left beside it.
def old_or_new(is_cut, path=output, whole=whole):
    def look(at, out):
        wrong = []
        now = open(path, 'rb').read()
        if now not in (b'old', whole) or (now == whole) != (out.returncode == 0) and not is_cut:
            wrong.append((at, 'is', len(now), 'bytes'))
        for name in os.listdir(folder):
            if name.startswith(os.path.basename(path) + '.'):
                if not is_cut:
                    wrong.append((at, 'leaves', name))
                os.remove(os.path.join(folder, name))
        with open(path, 'wb') as file:
            file.write(b'old')
        return wrong
    return look


with open(output, 'wb') as file:
    file.write(b'old')
compile_it = ['index', SMALL, '-o', output]
fail_each('osseo index', compile_it, 'malloc', '12', step=53, after=old_or_new(False))
for call, code in [('write', errno.ENOSPC), ('write', errno.EIO), ('fsync', errno.EIO), ('rename', errno.EACCES),
                   ('close', errno.EIO), ('fchmod', errno.EPERM), ('mkstemp', errno.EROFS), ('linkat', errno.EDQUOT),
                   ('access', errno.ENOENT), ('open', errno.EMFILE),
                   ('read', errno.EIO), ('opendir', errno.EACCES), ('readdir', errno.EIO)]:
    fail_each('osseo index', compile_it, call, str(code), after=old_or_new(False))


with open(output, 'wb') as file:
    file.write(b'old')
out, happened = run(compile_it, b'', 'fsync:1:%d' % errno.EIO)
check('a file that cannot be synced does not take the place of the old one', happened and out.returncode == 2 and
      open(output, 'rb').read() == b'old', out)


def cut_short(call, arguments, look, where=''):
    wrong, at = [], 1
    while True:
        out, happened = run(arguments, b'', '%s:%d:exit' % (call, at))
        if happened != (out.returncode == 77):
            wrong.append((at, out.returncode))
        wrong += look(at, out)
        if not happened:
            break
        at += 1
    check('a power cut at any %s%s leaves the old file or the new one' %
          (call, where), not wrong and at > 1, wrong)


for call in ['mkstemp', 'linkat', 'write', 'fchmod', 'fsync', 'close', 'rename']:
    cut_short(call, compile_it, old_or_new(True))

# Each of the two files of an export, too.
exported = os.path.join(folder, 'export')
os.mkdir(exported)
export = ['export', '--opensearch', SMALL, '-o', exported]
subprocess.run([PROGRAM] + export, check=True)
whole_export = {name: open(os.path.join(exported, name), 'rb').read() for name in sorted(os.listdir(exported))}


def old_or_new_export(is_cut):
    def look(at, out):
        names = sorted(os.listdir(exported))
        now = {name: open(os.path.join(exported, name), 'rb').read() for name in names}
        wrong = [(at, name, len(now.get(name, b''))) for name in whole_export
                 if now.get(name) not in (b'old', whole_export[name]) or out.returncode == 0 and now[name] == b'old']
        wrong += [(at, 'leaves', name) for name in names if name not in whole_export and not is_cut]
        for name in names:
            os.remove(os.path.join(exported, name))
        for name in whole_export:
            with open(os.path.join(exported, name), 'wb') as file:
                file.write(b'old')
        return wrong
    return look


old_or_new_export(True)(0, subprocess.CompletedProcess(export, 0))
fail_each('osseo export', export, 'malloc', '12', step=7, after=old_or_new_export(False))
for call, code in [('write', errno.ENOSPC), ('fsync', errno.EIO), ('rename', errno.EACCES), ('mkstemp', errno.EROFS)]:
    fail_each('osseo export', export, call, str(code), after=old_or_new_export(False))
for call in ['mkstemp', 'write', 'fsync', 'rename']:
    cut_short(call, export, old_or_new_export(True), ' of an export')

# What is interrupted or comes in pieces goes on.
for call in ['read', 'write']:
    out, happened = run(compile_it, b'', call + ':0:short')
    now = open(output, 'rb').read()
    check('a %s of one byte at a time changes nothing' % call, happened and out.returncode == 0 and now == whole, out)
    at, wrong = 1, []
    while True:
        out, happened = run(compile_it, b'', '%s:%d:%d' % (call, at, errno.EINTR))
        if out.returncode != 0 or open(output, 'rb').read() != whole:
            wrong.append((at, out))
        if not happened:
            break
        at += 1
    check('a %s that is interrupted is done again' % call, not wrong and at > 1, wrong)

# A corpus that does not fit into the memory it may have is sorted in runs, in a file
# that nobody sees; the compiled file is the same.
large, runs, at_once = (os.path.join(folder, name) for name in ('large.jsonl', 'runs.osx', 'once.osx'))
with open(large, 'w') as file:
    for i in range(40000):
        file.write('{"_id": "%d", "text": "%s"}\n' % (i, ' '.join('w%d' % (i * k * k % 9973) for k in range(1, 13))))
subprocess.run([PROGRAM, 'index', large, '-o', at_once], check=True)
in_runs = ['index', '--memory', '4M', large, '-o', runs]
out, _ = run(in_runs)
check('compiled in runs, a corpus gives the same bytes', out.returncode == 0 and
      open(runs, 'rb').read() == open(at_once, 'rb').read(), out)
with open(at_once, 'rb') as file:
    sorted_whole = file.read()
for call, code in [('write', errno.ENOSPC), ('pread', errno.EIO), ('mkstemp', errno.EROFS), ('lseek', errno.EIO)]:
    fail_each('osseo index in runs', in_runs, call, str(code), step=19, after=old_or_new(False, runs, sorted_whole))
out, _ = run(in_runs, b'', 'write:1:%d' % errno.ENOSPC)
check('a full disk is told with where it is', out.stderr.endswith(
    b"a temporary file beside '%s': No space left on device\n" % runs.encode()), out)
# The head of a large file is written over last: a cut there leaves what others read alone.
for call in ['lseek', 'fsync', 'rename']:
    cut_short(call, in_runs, old_or_new(True, runs, sorted_whole), ' in runs')
for call in ('pread', 'write'):
    out, happened = run(in_runs, b'', '%s:3:short' % call)
    check('a short %s of a run goes on' % call, happened and out.returncode == 0 and
          open(runs, 'rb').read() == open(at_once, 'rb').read(), out)
fail_each('osseo index in runs', in_runs, 'malloc', '12', step=401 if STEP else 4001, always=True)

# Opening.
for call, code in [('open', errno.EACCES), ('mmap', errno.ENOMEM)]:
    fail_each('osseo topics', with_small + ['topics'], call, str(code), rides_out=False)
fail_each('clinic.conf', ['--clinic', clinic, 'ask', 'does it hurt'], 'read', str(errno.EIO), rides_out=False)

# Output that goes nowhere.
for name, arguments in [('a reply', ['ask', 'does it hurt']), ('replies', []), ('topics', ['topics']),
                        ('help', ['--help']), ('a version', ['--version']),
                        ('a run', with_small + ['rank', '-k', '3', queries]),
                        ('a report', ['diff', compiled, SMALL]),
                        ('complaints', ['check', '--verbose', SMALL])]:
    with open('/dev/full', 'wb') as full:
        out, _ = run(arguments, b'does it hurt\n', stdout=full)
    empty = run(arguments, b'does it hurt\n')[0].stdout == b''
    check('%s on a full disk: said, status 2' % name, empty or out.returncode == 2 and b'osseo: ' in out.stderr, out)
    closed = subprocess.run(['sh', '-c', '"$@" >&-', 'sh', PROGRAM] + arguments, input=b'does it hurt\n',
                            stderr=subprocess.PIPE)
    check('%s with standard output closed: said, status 2' % name,
          empty or closed.returncode == 2 and b'osseo: ' in closed.stderr, closed)

mine, theirs = os.pipe()
os.close(mine)
out, _ = run([], b'does it hurt\n' * 3, stdout=theirs)
os.close(theirs)
check('a pipe that nobody reads ends it quietly or with status 2', out.returncode in (-signal.SIGPIPE, 2), out)
out = subprocess.run([PROGRAM, '--json'], stdin=os.open(folder, os.O_RDONLY), capture_output=True)
check('a folder as standard input is said', out.returncode == 2 and b'osseo: ' in out.stderr, out)
out = subprocess.run(['sh', '-c', '"$@" <&-', 'sh', PROGRAM, '--json'], capture_output=True)
check('a closed standard input is said', out.returncode == 2 and b'osseo: ' in out.stderr, out)

# Folders and files that are not what they seem.
odd = os.path.join(folder, 'odd')


def with_odd(name, make, wanted=2):
    shutil.rmtree(odd, ignore_errors=True)
    shutil.copytree(SMALL, odd)
    make()
    out, _ = run(['--knowledge', odd, 'topics'])
    check(name, out.returncode == wanted and (wanted == 0 or out.stderr != b''), out)


def replace(name, make):
    path = os.path.join(odd, name)
    os.remove(path)
    make(path)


with_odd('an article that is a link to itself is told', lambda: replace('healing.md', lambda p: os.symlink(p, p)))
with_odd('an article that is a pipe is told and not waited for', lambda: replace('healing.md', os.mkfifo))
with_odd('an article that is a folder is told', lambda: replace('healing.md', os.mkdir))
with_odd('an article that links to nowhere is told', lambda: replace('healing.md', lambda p: os.symlink('/nowhere', p)))
with_odd('a list that is a pipe is told', lambda: replace('red-flags.md', os.mkfifo))
with_odd('a folder of lines that is a file is told',
         lambda: (shutil.rmtree(odd + '/asked'), open(odd + '/asked', 'w').close()))
with_odd('an article of zeroes is told', lambda: replace('healing.md', lambda p: open(p, 'wb').write(b'\0' * 5000)))
with_odd('hidden files are passed over', lambda: os.mkfifo(odd + '/.swap.md'), 0)
if os.geteuid() != 0:
    with_odd('an article that must not be read is told', lambda: os.chmod(odd + '/healing.md', 0))
at, wrong = 1, []
while True:  # each article vanishes, or changes its kind, after it was listed
    out, happened = run(['--knowledge', SMALL, 'topics'], b'', 'open:%d:%d' % (at, errno.ENOENT))
    if happened and not (out.returncode == 2 and b'cannot open' in out.stderr):
        wrong.append((at, out))
    if not happened:
        break
    at += 1
check('a file that vanishes while its folder is read is told', not wrong and at > 1, wrong)

# A compiled file that is changed while it is in use.
QUESTION = b'can i have implants if i smoke\n'


def disturbed(name, disturb, mode, answers):
    path = os.path.join(folder, 'live.osx')
    shutil.copy(compiled, path)
    os.chmod(path, mode)
    talk = subprocess.Popen([PROGRAM, '--json', '--knowledge', path], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE)
    talk.stdin.write(QUESTION)
    talk.stdin.flush()
    before = talk.stdout.readline()
    disturb(path)
    out, error = talk.communicate(QUESTION)
    good = out == before and talk.returncode == 0
    if not answers:
        good = good or (talk.returncode == 2 and b'osseo: ' in error)
    check(name, b'"outcome": "answer"' in before and good, (talk.returncode, before, out, error))


def truncate(path):
    os.truncate(path, 0)


def overwrite(path):
    with open(path, 'r+b') as file:
        file.write(os.urandom(len(whole)))


def rewrite(path):
    subprocess.run([PROGRAM, 'index', SMALL, '-o', path], check=True)


disturbed('a file of everybody that is cut short goes on answering', truncate, 0o666, True)
disturbed('a file of everybody that is overwritten goes on answering', overwrite, 0o666, True)
disturbed('a file that is deleted goes on answering', os.remove, 0o644, True)
disturbed('a file that is compiled anew goes on answering', rewrite, 0o644, True)
disturbed('a file of our own that is cut short is told', truncate, 0o644, False)
shutil.rmtree(folder)
sys.exit(bad > 0)
