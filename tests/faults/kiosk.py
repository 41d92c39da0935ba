"""Faults under a running osseo-kiosk; see tests/faults.sh.

Whatever call fails while it starts, answers and reads its knowledge anew: either it
does not start, and says why with status 2, or it goes on serving, the old knowledge
where the new one could not be read.  The request that is hit may be refused; the
next one is answered.
"""
import errno
import http.client
import json
import os
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile

PROGRAM, PRELOAD = (os.path.abspath(path) for path in sys.argv[1:3])
STEP = int(os.environ.get('STEP') or 0)
number = bad = 0


def check(name, good, why=''):
    global number, bad
    number += 1
    bad += not good
    if not good:
        print(why)
    print('ok' if good else 'not ok', number, '-', name)


folder = tempfile.mkdtemp()
knowledge = os.path.join(folder, 'small')
shutil.copytree('tests/knowledge/small', knowledge)
compiled = os.path.join(folder, 'small.osx')
subprocess.run([sys.argv[3], 'index', knowledge, '-o', compiled], check=True)


class Kiosk:
    def __init__(self, path, fault):
        self.mine, theirs = os.pipe()
        environment = dict(os.environ, LD_PRELOAD=PRELOAD, FAULT=fault, FAULT_TELL=str(theirs))
        self.process = subprocess.Popen([PROGRAM, '--listen', '127.0.0.1:0', '--knowledge', path], env=environment,
                                        pass_fds=(theirs,), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        os.close(theirs)
        # One that says nothing is as bad as one that dies.
        if not select.select([self.process.stdout], [], [], 20)[0]:
            self.process.kill()
        line = self.process.stdout.readline().decode()
        found = re.search(r':(\d+)/', line)
        self.port = int(found.group(1)) if found else None

    def ask(self):
        """The topic of the answer; None where the request was refused."""
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=10)
        try:
            connection.request('POST', '/api/ask', b'{"question": "can i have implants if i smoke"}',
                               {'Content-Type': 'application/json'})
            response = connection.getresponse()
            body = response.read()
            return json.loads(body)['topic'] if response.status == 200 else None
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def said(self, wanted, seconds=10):
        """Waits until standard error holds one of `wanted`."""
        text = b''
        while not any(w in text for w in wanted):
            if not select.select([self.process.stderr], [], [], seconds)[0]:
                return None
            part = os.read(self.process.stderr.fileno(), 4096)
            if not part:
                return None
            text += part
        return text

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            _, error = self.process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            _, error = self.process.communicate()
        happened = select.select([self.mine], [], [], 0)[0] and os.read(self.mine, 1) == b'!'
        os.close(self.mine)
        return self.process.returncode, error, bool(happened)


def one(path, fault):
    """What is wrong with a run under a fault, and whether the fault happened."""
    kiosk = Kiosk(path, fault)
    if kiosk.port is None:
        status, error, happened = kiosk.end()
        return '' if status == 2 and b'osseo-kiosk: ' in error else 'start: %s %s' % (status, error), happened
    answers = [kiosk.ask() for _ in range(2)]
    wrong = '' if 'smoking' in answers and set(answers) <= {'smoking', None} else 'answers: %s' % answers
    kiosk.process.send_signal(signal.SIGHUP)
    if not kiosk.said([b'was read anew', b'old knowledge stays']):
        wrong += ' no word about the reload'
    after = [kiosk.ask() for _ in range(2)]
    if 'smoking' not in after or not set(after) <= {'smoking', None}:
        wrong += ' after the reload: %s' % after
    status, error, happened = kiosk.end()
    return wrong if status == 0 else wrong + ' end: %s %s' % (status, error), happened


def fail_each(name, path, call, code, step=1):
    at, n_faults, wrong = 1, 0, []
    while True:
        what, happened = one(path, '%s:%d:%s' % (call, at, code))
        if what:
            wrong.append((at, what))
        n_faults += happened
        if not happened:
            break
        at += STEP or step
    check('%s: it goes on after each of %d faults of %s, or does not start' % (name, n_faults, call),
          not wrong and n_faults > 0, wrong[:5])


fail_each('osseo-kiosk with a compiled file', compiled, 'malloc', errno.ENOMEM, 23)
fail_each('osseo-kiosk with a folder', knowledge, 'read', errno.EIO, 5)
fail_each('osseo-kiosk with a folder', knowledge, 'open', errno.EMFILE, 3)
fail_each('osseo-kiosk with a compiled file', compiled, 'mmap', errno.ENOMEM)
if STEP:
    STEP *= 29
fail_each('osseo-kiosk with a folder', knowledge, 'malloc', errno.ENOMEM, 401)
shutil.rmtree(folder)
sys.exit(bad > 0)
