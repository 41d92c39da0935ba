"""Types at a program of tests/talk.sh as a person does, and reads the screen."""
import fcntl
import os
import pty
import re
import select
import shutil
import signal
import stat
import struct
import subprocess
import sys
import tempfile
import termios

PROGRAM = os.path.abspath(sys.argv[1])
PATIENCE = 30  # seconds; nothing here takes one
number = bad = 0


def check(name, good, why=''):
    global number, bad
    number += 1
    bad += not good
    if not good:
        print(why)
    print('ok' if good else 'not ok', number, '-', name)


class Terminal:
    """A program behind a terminal of so many rows and columns."""

    def __init__(self, arguments=(), rows=200, columns=80, **environment):
        self.home = tempfile.mkdtemp()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', rows, columns, 0, 0))
            os.chdir(self.home)
            given = {'PATH': os.environ['PATH'], 'HOME': self.home, 'TERM': 'xterm', 'LC_ALL': 'C.UTF-8'}
            for name in ('ASAN_OPTIONS', 'LSAN_OPTIONS', 'LOCPATH'):
                if name in os.environ:
                    given[name] = os.environ[name]
            os.execve(PROGRAM, [PROGRAM, *arguments], dict(given, **environment))
        self.text = self.raw = ''

    def until(self, wanted):
        """What is shown up to the regular expression `wanted`, and with it."""
        shown = b''
        while not re.search(wanted, self.plain(shown)):
            if not select.select([self.fd], [], [], PATIENCE)[0]:
                raise TimeoutError('waited for %r, got %r' % (wanted, shown))
            try:
                more = os.read(self.fd, 65536)
            except OSError:
                more = b''
            if not more:
                raise EOFError('waited for %r, got %r' % (wanted, shown))
            shown += more
        self.raw = shown.decode('utf-8', 'replace')
        return self.plain(shown)

    @staticmethod
    def plain(shown):
        text = re.sub(r'\x1b\[[0-9;?]*[A-Za-z]', '', shown.decode('utf-8', 'replace'))
        return text.replace('\r\n', '\n').replace('\r', '')

    def type(self, keys):
        os.write(self.fd, keys.encode())

    def ask(self, line):
        """What a line brings, up to the next prompt."""
        self.type(line + '\r')
        return self.until(r'\n> $')

    def resize(self, rows, columns):
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack('HHHH', rows, columns, 0, 0))

    def leave(self, keys='/quit\r'):
        """Types `keys` and returns the exit status and what was shown at last."""
        self.type(keys)
        shown = b''
        while True:
            try:
                if not select.select([self.fd], [], [], PATIENCE)[0]:
                    raise TimeoutError('it does not leave: %r' % shown)
                more = os.read(self.fd, 65536)
            except TimeoutError:
                os.kill(self.pid, signal.SIGKILL)
                raise
            except OSError:
                break
            if not more:
                break
            shown += more
        status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        os.close(self.fd)
        self.files = os.listdir(self.home)
        shutil.rmtree(self.home)
        return status, self.plain(shown)


def output(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True).stdout


t = Terminal()
greeting = t.until(r'\n> $')
lines = greeting.split('\n')[:-1]
questions = re.findall(r'[A-Z][^?]*\?', lines[1])
headings = [line.split('\t')[1] for line in output('topics').splitlines()]
check('the greeting has three lines', len(lines) == 3, greeting)
check('with three questions', len(questions) == 3, lines[1])
check('that the knowledge answers', all(q in headings and q in output('ask', q) for q in questions), questions)

once = t.ask('\x1b[200~can I have\nimplants if\nI smoke?\x1b[201~')
check('pasted lines are one question', once.count('Can I have implants if I smoke?') == 1 and
      once.count('Sources:') == 1, once)
why = t.ask('/why')
check('/why says in words what matched, and what came next', '"smoke"' in why and 'next nearest question' in why, why)
check('/sources shows the sources whole', 'https://' in t.ask('/sources'))
more = [t.ask('/more') for _ in range(8)]
check('/more shows the rest, then says that there is no more',
      'There is no more' not in more[0] and 'There is no more' in more[-1] and len(set(more)) > 2, more)
check('a number picks what was shown', 'vaping' in t.ask('1').lower())
check('and /why says that it was picked', 'You picked this question yourself' in t.ask('/why'))
check('and what follows goes on from it', 'vaping' in t.ask('why is that?').lower())
check('/help lists the commands', all(command in t.ask('/help') for command in ('/more', '/sources', '/quit')))
check('Tab completes a command', '/topics' in t.ask('/to\t')[:60])
check('a number that stands for nothing is no pick', 'picked this question' not in t.ask('77') + t.ask('/why'))
n_shown = len(re.findall(r'^  \d  ', t.ask('can I smoke?'), re.M))
check('nor is the one behind the last', n_shown > 0 and
      'picked this question' not in t.ask(str(n_shown + 1)) + t.ask('/why') and
      'picked this question' in t.ask(str(n_shown)) + t.ask('/why'), n_shown)
check('an empty line, and blanks, bring nothing', t.ask('   ').count('\n') <= 2)
check('blanks around a question do not matter', 'smoke?' in t.ask('  can I smoke?  '))
check('an unknown command says what was meant', 'did you mean /sources' in t.ask('/sorces'))
check('a command like no other says where they are listed', '/help' in t.ask('/zzz'))
check('a typed escape sequence steers nothing', '\x1b' not in t.ask('/zz\x16\x1b[31mred').replace('\x1b[31m', '', 1))
check('/new starts afresh', 'afresh' in t.ask('/new') and 'Nothing was answered' in t.ask('/sources'))
topics = t.ask('/topics')
check('/topics lists every question under its area',
      all('\n  ' + h + '\n' in topics for h in headings) and re.search(r'\n[A-Z][^\n?]+\n  ', topics), topics)
unlike = next(h for h in headings if not any(other.startswith(h[:-4]) for other in headings if other != h))
check('Tab completes a question', '\n' + unlike + '\n' in t.ask(unlike[:-4] + '\t'), unlike)
t.type('who won the')
t.until('who won the$')
t.type('\x03')
t.until(r'\n> $')
check('Ctrl-C drops the line', 'Can I have implants if I smoke?' in t.ask('can I smoke?'))
status, _ = t.leave('\x04')
check('Ctrl-D leaves with status 0, and no file is left behind', status == 0 and t.files == [], (status, t.files))

t = Terminal()
t.until(r'\n> $')
t.type('can i smo')
t.until('smo$')
t.resize(200, 44)
t.type('ke with implants?')
t.until('implants\\?$')
reply = t.ask('')
check('a window that is resized loses nothing that was typed', 'Can I have implants if I smoke?' in reply, reply)
check('and what follows fits it', max(len(line) for line in reply.split('\n')) <= 44, reply)
t.leave()

with tempfile.TemporaryDirectory() as folder:
    pager = os.path.join(folder, 'pager')
    with open(pager, 'w') as file:
        file.write('#!/bin/sh\necho PAGED\ncat\n')
    os.chmod(pager, 0o755)
    t = Terminal()
    t.until('> $')
    n_lines = t.ask('can I smoke?').count('\n') - 1  # but for the one that was typed
    t.leave()
    for name, rows, paged, question, more in (
            ('that fills the screen, with the prompt, is not paged', n_lines + 1, False, 'can I smoke?', {}),
            ('that is a line longer is', n_lines, True, 'can I smoke?', {}),
            ('longer than the screen is paged', 8, True, 'can I smoke?', {}),
            ('shorter than the screen is not', 100, False, 'can I smoke?', {}),
            ('with a card is not', 8, False, "I can't breathe properly", {}),
            ('is not paged for a screen reader', 8, False, 'can I smoke?', {'ACCESSIBLE': '1'}),
            ('is not paged on a dumb terminal', 8, False, 'can I smoke?', {'TERM': 'dumb'}),
            ('is shown where there is no less, without a word of it', 8, False, 'can I smoke?',
             {'PAGER': '', 'PATH': folder}),
            ('is shown where the pager is missing', 8, False, 'can I smoke?', {'PAGER': folder + '/none'})):
        t = Terminal(rows=rows, **dict({'PAGER': pager}, **more))
        t.until('> $')
        reply = t.ask(question)
        check('a reply ' + name, ('PAGED' in reply) == paged and ('not found' in reply) == (more.get('PAGER', '') != '') and
              ('Smoking does not always' in reply or 'Call 999' in reply), reply)
        t.leave()

    history = os.path.join(folder, 'history')
    t = Terminal(['--history', history])
    t.until(r'\n> $')
    t.ask('\x1b[200~can I\nsmoke?\x1b[201~')
    t.leave()
    with open(history) as file:
        kept = file.read()
    check('--history keeps each question on a line', kept == 'can I smoke?\n/quit\n', kept)
    check('for its owner alone', stat.S_IMODE(os.stat(history).st_mode) == 0o600)
    os.chmod(history, 0o644)
    t = Terminal(['--history', history])
    t.until(r'\n> $')
    check('and brings it back', 'Can I have implants if I smoke?' in t.ask('\x1b[A\x1b[A'))
    t.leave()
    check('whose mode is set right again', stat.S_IMODE(os.stat(history).st_mode) == 0o600)
    os.symlink(history, folder + '/link')
    status, said = Terminal(['--history', folder + '/link']).leave('')
    check('a history through a link is refused', status == 2 and 'osseo: ' + folder + '/link: ' in said, said)
    status, said = Terminal(['--history', '/dev/null']).leave('')
    check('as is one that is no file', status == 2 and 'takes a file' in said, said)

for name, coloured, arguments, environment in (
        ('a terminal shows colours', True, [], {}),
        ('NO_COLOR shows none', False, [], {'NO_COLOR': '1'}),
        ('a dumb terminal shows none', False, [], {'TERM': 'dumb'}),
        ('a screen reader hears none', False, ['--plain'], {}),
        ('--color=never shows none', False, ['--color=never'], {})):
    t = Terminal(arguments, **environment)
    t.until('> $')
    t.ask('can I smoke?')
    check(name, ('\x1b[1m' in t.raw) == coloured, t.raw)
    t.leave()

t = Terminal(['--explain'])
t.until('> $')
check('--explain says below each reply what matched', re.search(r'\n.*smok.*[0-9]\.[0-9]', t.ask('can I smoke?')))
t.leave()

t = Terminal(LC_ALL='tr_TR.UTF-8')
t.until(r'\n> $')
check('a letter of two bytes is one key to delete', 'afresh' in t.ask('ç\x7f/new'))
check('QUIT leaves in Turkish, too', t.leave('QUIT\r')[0] == 0)

master, slave = pty.openpty()
run = subprocess.run([PROGRAM, '--json', '--jobs=2'], input=b'does it hurt?\n' * 600, stdout=subprocess.PIPE,
                     stderr=slave)
told = ''
while '600 questions\r\n' not in told and select.select([master], [], [], PATIENCE)[0]:
    told += os.read(master, 4096).decode()
check('a terminal is told how far a batch has come', '\rosseo: 256 questions' in told and
      told.endswith('\rosseo: 600 questions\r\n') and len(run.stdout.splitlines()) == 600, told)
sys.exit(bad > 0)
