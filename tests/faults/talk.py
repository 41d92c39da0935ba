"""Memory that runs out in a conversation at a terminal; see tests/faults.sh.

Each allocation fails in turn, those of readline among them: the conversation goes on,
or says why not and ends with status 2.  Before the first prompt readline has the
terminal described to it by libtinfo, which minds no failure of its own (it exits with
1, or reads through NULL); nothing was typed by then, and nothing of ours can prevent it.
"""
import os
import pty
import re
import select
import signal
import sys

PROGRAM, PRELOAD = (os.path.abspath(path) for path in sys.argv[1:3])
PATIENCE = 20  # seconds
LINES = ['can i have implants if i smoke', '/why', '/topics', "the bleeding won't stop", '/sources', '/quit']


def read_screen(fd, to_the_end):
    """What is shown up to a prompt, or to the end, and whether it is the end."""
    shown = b''
    while to_the_end or not re.search(rb'\n> $', re.sub(rb'\x1b\[[0-9;?]*[A-Za-z]|\r', b'', b'\n' + shown)):
        if not select.select([fd], [], [], PATIENCE)[0]:
            return shown, False
        try:
            more = os.read(fd, 65536)
        except OSError:
            more = b''
        if not more:
            return shown, True
        shown += more
    return shown, False


def talk(at):
    """The status, what each line brought, and whether the fault happened."""
    mine, theirs = os.pipe()
    pid, fd = pty.fork()
    if pid == 0:
        os.set_inheritable(theirs, True)
        os.execve(PROGRAM, [PROGRAM], {'PATH': os.environ['PATH'], 'HOME': '/nowhere', 'TERM': 'xterm',
                                       'LC_ALL': 'C.UTF-8', 'LD_PRELOAD': PRELOAD, 'FAULT': 'malloc:%d:12' % at,
                                       'FAULT_TELL': str(theirs)})
    os.close(theirs)
    shown, is_over = read_screen(fd, False)
    replies = [shown]
    for line in LINES:
        if is_over:
            break
        os.write(fd, line.encode() + b'\r')
        shown, is_over = read_screen(fd, line == LINES[-1])
        replies.append(shown)
    if not is_over:
        os.kill(pid, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    os.close(fd)
    happened = os.read(mine, 1) == b'!'
    os.close(mine)
    return status, replies, happened


at, n_faults, wrong = 1, 0, []
while True:
    status, replies, happened = talk(at)
    n_faults += happened
    everything = b''.join(replies)
    had_prompt = b'> ' in replies[0]
    if status not in (0, 2) and had_prompt or status == 2 and b'memory' not in everything or \
            len(replies) > 4 and b'NHS 111' not in replies[4] and b'memory' not in replies[4] or \
            not happened and status != 0:
        wrong.append((at, status, replies[-2:]))
    if not happened:
        break
    at += 1
good = not wrong and n_faults > 0
if not good:
    print(wrong[:3])
print('ok' if good else 'not ok', 1, '- a conversation: %d faults of malloc (12) are told or ridden out' % n_faults)
sys.exit(not good)
