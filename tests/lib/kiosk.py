"""osseo-kiosk as a child, and a client that can send what no browser would."""
import json
import os
import re
import signal
import socket
import subprocess
import tempfile
import time

# A word that stands in no knowledge and no program.
SECRET = 'quuxolotl'


class Reply:
    def __init__(self, raw):
        head, _, self.body = raw.partition(b'\r\n\r\n')
        lines = head.decode('latin-1').split('\r\n')
        self.raw = raw
        self.status = int(lines[0].split()[1]) if lines[0].startswith('HTTP/') else 0
        self.headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(':')
            self.headers.setdefault(name.strip().lower(), []).append(value.strip())

    def header(self, name):
        return ', '.join(self.headers.get(name.lower(), []))

    def json(self):
        return json.loads(self.body)


class Kiosk:
    """Listens on a free port of 127.0.0.1 unless `listen` says otherwise."""

    def __init__(self, program, *options, listen='127.0.0.1:0', env=None, wrap=(), **more):
        self.errors = tempfile.NamedTemporaryFile(dir='build/tests', prefix='kiosk-errors-')
        command = [*wrap, os.path.abspath(program), *options]
        if listen:
            command += ['--listen', listen]
        clean = {k: v for k, v in os.environ.items() if not k.startswith(('NOTIFY_', 'LISTEN_', 'WATCHDOG_'))}
        # The leak checker needs ptrace, which the sandbox forbids.
        clean['ASAN_OPTIONS'] = 'detect_leaks=0'
        self.child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                      stderr=self.errors, env={**clean, **(env or {})}, **more)
        self.pid = self.child.pid
        line = self.child.stdout.readline().decode()
        found = re.match(r'http://([\d.]+):(\d+)/', line)
        if not found:
            self.child.wait()
            raise RuntimeError('osseo-kiosk did not start: ' + self.said())
        self.host, self.port = found.group(1), int(found.group(2))
        self.authority = '%s:%d' % (self.host, self.port)

    def said(self):
        self.errors.seek(0)
        return self.errors.read().decode('utf-8', 'replace')

    def end(self, how=signal.SIGTERM):
        """The exit status."""
        if self.child.poll() is None:
            self.child.send_signal(how)
        return self.child.wait(20)

    def connect(self, host='127.0.0.1', source=None):
        return socket.create_connection((host, self.port), 20, source and (source, 0))

    def send(self, raw, **where):
        """All that comes back until the server closes, or the reply is whole."""
        with self.connect(**where) as connection:
            connection.sendall(raw)
            return receive(connection)

    def request(self, method, path, body=None, headers=(), host=None, without=(), **where):
        """`headers` is added to what the page itself would send; one of the same name replaces."""
        usual = {'Host': host or self.authority, 'Connection': 'close'}
        if body is not None:
            usual.update({'Content-Type': 'application/json', 'Content-Length': str(len(body))})
        given = {name.lower() for name, _ in headers} | {name.lower() for name in without}
        lines = ['%s %s HTTP/1.1' % (method, path)]
        lines += ['%s: %s' % pair for pair in usual.items() if pair[0].lower() not in given]
        lines += ['%s: %s' % pair for pair in headers]
        return self.send('\r\n'.join(lines).encode('latin-1') + b'\r\n\r\n' + (body or b''), **where)

    def get(self, path, **more):
        return self.request('GET', path, **more)

    def post(self, path, what, **more):
        return self.request('POST', path, what if isinstance(what, bytes) else json.dumps(what).encode(), **more)

    def ask(self, question):
        return self.post('/api/ask', {'question': question})

    def memory_holds(self, word):
        """How often the process's writable memory holds the word."""
        return int(as_root('python3', 'tests/lib/memory.py', str(self.pid), word))

    def proc(self, name):
        """A file of the process's folder in /proc."""
        return as_root('cat', '/proc/%d/%s' % (self.pid, name))

    def open_files(self):
        return as_root('find', '/proc/%d/fd' % self.pid, '-printf', '%l\n').split()


def can_be_root():
    return os.geteuid() == 0 or subprocess.run(['sudo', '-n', 'true'], capture_output=True).returncode == 0


def as_root(*command):
    """What it prints: the server lets nobody else look into it."""
    sudo = [] if os.geteuid() == 0 else ['sudo', '-n']
    return subprocess.run([*sudo, *command], stdout=subprocess.PIPE, check=True).stdout.decode('utf-8', 'replace')


def receive(connection):
    raw = b''
    while True:
        try:
            part = connection.recv(65536)
        except (ConnectionResetError, socket.timeout):
            break
        if not part:
            break
        raw += part
        head, separator, body = raw.partition(b'\r\n\r\n')
        length = re.search(rb'(?i)\r\ncontent-length: *(\d+)', head)
        if separator and length and len(body) >= int(length.group(1)) and b'100 Continue' not in head:
            break
    return Reply(raw)


def wait_for(test, seconds=10):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if test():
            return True
        time.sleep(0.02)
    return False
