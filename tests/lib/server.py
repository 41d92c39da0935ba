"""The suite of tests/server.sh."""
import json
import os
import shutil
import signal
import socket
import sys
import tempfile
import threading
import time

from kiosk import SECRET, Kiosk, as_root, can_be_root, receive, wait_for
from openapi import faults_of, operations

PROGRAM = sys.argv[1]
IS_SLOW = 'slow' in sys.argv[2:]
IS_SANITIZED = 'sanitized' in PROGRAM or 'threads' in PROGRAM
SMALL = 'tests/knowledge/small'
IN_DANGER = 'I can\'t breathe properly'
CLINIC = '[clinic]\nname = Riverside Dental Practice\ntelephone = 01632 960 123\nlogo = logo.svg\n'
SECURITY = {
    'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff',
    'content-security-policy': 'default-src \'none\'; script-src \'self\'; style-src \'self\'; img-src \'self\'; '
                               'connect-src \'self\'; base-uri \'none\'; form-action \'none\'; frame-ancestors \'none\'',
}
NEVER = ['set-cookie', 'access-control-allow-origin', 'etag', 'last-modified', 'server', 'location']
number = bad = 0


def check(name, good, why=''):
    global number, bad
    number += 1
    bad += not good
    if not good:
        print('#', str(why).replace('\n', '\n# '))
    print('ok' if good else 'not ok', number, '-', name, flush=True)


def file(path, text):
    with open(path, 'w', encoding='utf-8') as out:
        out.write(text)
    return path


def clinic(folder, more=''):
    file(os.path.join(folder, 'logo.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
    return file(os.path.join(folder, 'clinic.conf'), CLINIC + more)


# Who may ask ---------------------------------------------------------------

def guards(kiosk):
    body = b'{"question": "can I smoke?"}'
    page = 'http://' + kiosk.authority
    cases = [
        ('the page itself is answered', 200, [('Origin', page), ('Sec-Fetch-Site', 'same-origin')]),
        ('localhost is another name of it', 200, [('Host', 'localhost:%d' % kiosk.port)]),
        ('another name that leads here is refused (DNS rebinding)', 421, [('Host', 'evil.example:%d' % kiosk.port)]),
        ('a host that only begins like the own one is refused', 421, [('Host', kiosk.authority + '.evil.example')]),
        ('another port is refused', 421, [('Host', '127.0.0.1:1')]),
        ('a post of another origin is refused', 403, [('Origin', 'http://evil.example')]),
        ('a post of a sandboxed frame or file is refused', 403, [('Origin', 'null')]),
        ('a post of another port is refused', 403, [('Origin', 'http://127.0.0.1:1')]),
        ('a cross-site request without an origin is refused', 403, [('Sec-Fetch-Site', 'cross-site')]),
        ('a same-site request is refused', 403, [('Sec-Fetch-Site', 'same-site')]),
        ('what a form can send is refused', 415, [('Content-Type', 'text/plain')]),
        ('two hosts are refused', 400, [('Host', kiosk.authority), ('Host', kiosk.authority)]),
        ('two origins are refused', 403, [('Origin', page), ('Origin', page)]),
        ('two lengths are refused', 400, [('Content-Length', str(len(body)))] * 2),
        ('a transfer encoding is refused', 411, [('Transfer-Encoding', 'chunked')]),
        ('a length beside a transfer encoding is refused', 411,
         [('Content-Length', str(len(body))), ('Transfer-Encoding', 'chunked')]),
    ]
    for name, status, headers in cases:
        reply = kiosk.post('/api/ask', body, headers=headers)
        right = reply.status == status and all(reply.header(k) == v for k, v in SECURITY.items())
        check(name, right and (status == 200 or reply.header('connection') == 'close'), reply.raw[:600])
    reply = kiosk.request('OPTIONS', '/api/ask', headers=[('Origin', 'http://evil.example'),
                                                          ('Access-Control-Request-Method', 'POST')])
    check('a preflight is granted nothing', reply.status in (403, 405) and not any(
        name.startswith('access-control') for name in reply.headers), reply.raw)
    # The library's own refusals have none of these headers, but nothing of the request either.
    reply = kiosk.post('/api/ask', body, headers=[('Content-Length', '0x10')])
    check('a length that is no number is refused', reply.status == 400 and b'smoke' not in reply.raw, reply.raw)
    for name, lines in [('no host', ''), ('an empty host', 'Host:\r\n')]:
        reply = kiosk.send(('GET / HTTP/1.1\r\n%sConnection: close\r\n\r\n' % lines).encode())
        check('a request with %s is refused' % name, reply.status in (400, 421), reply.raw[:300])
    for method in 'PUT', 'DELETE', 'PATCH', 'TRACE', 'CONNECT', 'BREW':
        reply = kiosk.request(method, '/api/ask')
        check('%s is refused' % method, reply.status == 405 and reply.header('allow') != '', reply.raw[:300])


# What every reply carries --------------------------------------------------

def headers(kiosk):
    replies = {path: kiosk.get(path) for path in
               ['/', '/main.js', '/kiosk.css', '/clinic.css', '/logo', '/api/topics', '/api/clinic', '/api/health',
                '/nothing', '/api/ask', '/?question=x']}
    replies['POST ask'] = kiosk.ask('can I smoke?')
    replies['POST qr'] = kiosk.post('/api/qr', {'topic': 'smoking'})
    replies['POST nonsense'] = kiosk.post('/api/ask', b'{')
    replies['POST nowhere'] = kiosk.post('/nowhere', b'{}')
    replies['HEAD'] = kiosk.request('HEAD', '/')
    for path, reply in replies.items():
        wrong = [k for k, v in SECURITY.items() if reply.header(k) != v] + [k for k in NEVER if k in reply.headers]
        check('headers forbid keeping, framing, sniffing and foreign sources: ' + path, not wrong, (wrong, reply.raw[:900]))
    check('a HEAD has no body', replies['HEAD'].body == b'' and replies['HEAD'].status == 200, replies['HEAD'].raw)
    check('the page has a type', replies['/'].header('content-type') == 'text/html; charset=utf-8')
    check('a question in an address is not read', replies['/?question=x'].body == replies['/'].body)
    for path in ['/../Makefile', '/..%2fMakefile', '/%2e%2e/%2e%2e/etc/passwd', '//etc/passwd', '/main.js/..', '/.%00.html']:
        reply = kiosk.get(path)
        check('no path leads out: ' + path, reply.status in (400, 404) and b'root:' not in reply.body, reply.raw[:300])


# What is too much ----------------------------------------------------------

def limits(kiosk):
    room = 8192 - len('{"question": ""}')
    reply = kiosk.ask('a ' * (room // 2))
    check('a body of 8 KiB is read, and says that the question was cut', reply.status == 200 and reply.json()['cut'], reply.raw[:300])
    check('a body of 8 KiB and a byte is refused', kiosk.ask('a' * (room + 1)).status == 413)
    raw = ('POST /api/ask HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n'
           'Content-Length: 9000\r\n\r\n' % kiosk.authority).encode()
    reply = kiosk.send(raw)
    check('a body that is too long is not even asked for', reply.status == 413 and b'100 Continue' not in reply.raw, reply.raw)
    for name, extra in [('one long header', [('X-Long', 'a' * 20000)]), ('many headers', [('X-%d' % i, 'a') for i in range(2000)])]:
        reply = kiosk.get('/', headers=extra)
        check(name + ' is refused', reply.status in (0, 413, 431), reply.raw[:200])
    reply = kiosk.get('/' + 'a' * 20000)
    check('a long address is refused', reply.status in (0, 404, 413, 414, 431), reply.raw[:200])
    for name, raw in [('bytes that are no request', b'\x00\xff\x16\x03\x01' * 50), ('a request without an end', b'GET / HTTP/1.1'),
                      ('another version', b'GET / HTTP/9.9\r\nHost: a\r\n\r\n'), ('an empty line', b'\r\n\r\n')]:
        with kiosk.connect() as connection:
            connection.sendall(raw)
            connection.shutdown(socket.SHUT_WR)
            receive(connection)
        check('%s harms nothing' % name, kiosk.get('/api/health').status == 200)
    pipelined = b''.join(('POST /api/ask HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n'
                          % kiosk.authority).encode() + b'{"topic": "smoking"}' for _ in range(5))
    with kiosk.connect() as connection:
        connection.sendall(pipelined + ('GET /api/health HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' % kiosk.authority).encode())
        raw = b''
        while part := connection.recv(65536):
            raw += part
    check('requests in a row on one connection are answered in their order',
          raw.count(b'HTTP/1.1 200') == 6 and raw.rfind(b'"generation"') > raw.rfind(b'"topic": "smoking"'), raw[-300:])


def crowd(kiosk):
    """More than the server has room for; half of them have begun a request."""
    held = []
    try:
        for i in range(1300):
            held.append(kiosk.connect())
            if i % 2:
                held[-1].sendall(b'POST /api/ask HTTP/1.1\r\nHo')
        replies = [kiosk.ask(IN_DANGER) for _ in range(5)]
        check('a thousand and more idle and slow connections lock nobody out',
              all(reply.json()['urgency'] == 'emergency' for reply in replies), [reply.raw[:100] for reply in replies])
    finally:
        for connection in held:
            connection.close()


def addresses():
    """Where others than this machine may connect, no address has more than its share."""
    kiosk = Kiosk(PROGRAM, listen='0.0.0.0:0')
    said = kiosk.said()
    check('a warning says that others can reach it', 'warning: other machines can reach 0.0.0.0:' in said, said)
    held = [kiosk.connect(source='127.0.0.1') for _ in range(64)]
    wait_for(lambda: False, 0.2)
    name = '127.0.0.1:%d' % kiosk.port
    more = kiosk.get('/api/health', host=name, source='127.0.0.1')
    other = kiosk.get('/api/health', host=name, source='127.0.0.2')
    check('the 65th connection of one address is closed', more.status == 0, more.raw)
    check('and another address is served', other.status == 200, other.raw)
    check('by the address that it came to', kiosk.get('/', host='127.0.0.3:%d' % kiosk.port, source='127.0.0.2').status == 421)
    for connection in held:
        connection.close()
    check('SIGINT ends it too', kiosk.end(signal.SIGINT) == 0)


def drip(kiosk, results):
    """A byte a second: never idle, never done."""
    started = time.monotonic()
    with kiosk.connect() as connection:
        try:
            for byte in b'POST /api/ask HTTP/1.1\r\nHost: 127.0.0.1':
                connection.sendall(bytes([byte]))
                connection.settimeout(1)
                try:
                    if connection.recv(1) == b'':
                        break
                except socket.timeout:
                    pass
        except OSError:
            pass
    results.append(time.monotonic() - started)


def slow(kiosk):
    """Three ways to take for ever, at once."""
    results = []
    threads = [threading.Thread(target=drip, args=(kiosk, results)) for _ in range(20)]
    for thread in threads:
        thread.start()
    with kiosk.connect() as idle, kiosk.connect() as reader:
        reader.sendall(('GET /main.js HTTP/1.1\r\nHost: %s\r\n\r\n' % kiosk.authority).encode() * 2000)
        check('meanwhile others are answered', kiosk.ask('can I smoke?').status == 200)
        for thread in threads:
            thread.join()
        check('a byte a second is shut down once the time of a request is over',
              len(results) == 20 and all(8 < seconds < 14 for seconds in results), results)
        idle.settimeout(5)
        check('an idle connection is closed', idle.recv(1) == b'')
        # On a busy machine the last reply that fitted into the buffers went out late.
        time.sleep(8)
        total = 0
        try:
            while part := reader.recv(1 << 20):
                total += len(part)
        except ConnectionResetError:
            pass
        check('who asks and does not take the replies is shut down', total < 2000 * 8000, total)


# Reloads and ends ----------------------------------------------------------

def edit(folder, old, new):
    path = os.path.join(folder, 'healing.md')
    with open(path, encoding='utf-8') as article:
        text = article.read()
    assert old in text
    # As an editor does it: a new file takes the name of the old one.
    os.rename(file(path + '~', text.replace(old, new)), path)


def reloads(folder):
    knowledge = shutil.copytree(SMALL, os.path.join(folder, 'knowledge'))
    settings = clinic(folder)
    kiosk = Kiosk(PROGRAM, '--knowledge', knowledge, '--clinic', settings)
    generation = lambda: kiosk.get('/api/health').json()['generation']
    passage = lambda: kiosk.post('/api/ask', {'topic': 'bleeding'}).json()['passage']
    kiosk.ask('how long does my %s bleed?' % SECRET)
    check('it begins with the first', generation() == 1 and 'a day or two' in passage(), kiosk.said())
    edit(knowledge, 'for a day or two', 'for two days')
    check('a changed article is served soon', wait_for(lambda: generation() == 2) and 'for two days' in passage(), kiosk.said())
    edit(knowledge, '{#bleeding}', '{#smoking}')
    check('of a faulty edit, file and line are told', wait_for(lambda: 'healing.md:' in kiosk.said()), kiosk.said())
    check('and the old knowledge stays', wait_for(lambda: 'the old knowledge stays in use' in kiosk.said())
          and generation() == 2 and 'for two days' in passage(), kiosk.said())
    check('with its cards', kiosk.ask(IN_DANGER).json()['urgency'] == 'emergency')
    kiosk.child.send_signal(signal.SIGHUP)
    check('SIGHUP tries again', wait_for(lambda: kiosk.said().count('the old knowledge stays') == 2) and generation() == 2, kiosk.said())
    os.rename(os.path.join(knowledge, 'red-flags.md'), os.path.join(folder, 'red-flags.md'))
    check('a knowledge that loses its red flags is not taken', wait_for(lambda: kiosk.said().count('stays in use') == 3)
          and kiosk.ask(IN_DANGER).json()['card'] is not None, kiosk.said())
    shutil.rmtree(knowledge)
    check('a knowledge that is gone is not taken either', wait_for(lambda: kiosk.said().count('stays in use') == 4)
          and kiosk.ask(IN_DANGER).json()['urgency'] == 'emergency' and 'for two days' in passage(), kiosk.said())
    shutil.copytree(SMALL, knowledge)
    check('once it is back it is served', wait_for(lambda: generation() == 3) and 'a day or two' in passage(), kiosk.said())
    os.rename(file(settings + '~', CLINIC.replace('960 123', '960 999')), settings)
    check('changed settings are served too', wait_for(lambda: generation() == 4)
          and kiosk.get('/api/clinic').json()['telephone'] == '01632 960 999', kiosk.said())
    os.rename(file(settings + '~', CLINIC + 'colour = red\n'), settings)
    check('faulty settings are not', wait_for(lambda: 'clinic.conf:5' in kiosk.said()) and generation() == 4, kiosk.said())
    os.rename(file(settings + '~', CLINIC), settings)
    wait_for(lambda: generation() == 5)
    words = ['for a day or two', 'for two days']
    for i in range(30):  # over three ticks, without a pause as long as one
        edit(knowledge, words[i % 2], words[(i + 1) % 2])
        time.sleep(0.05)
    check('while an editor is at it nothing is read', generation() == 5, kiosk.said())
    edit(knowledge, 'for a day or two', 'for three days')
    check('once is enough when it lies still', wait_for(lambda: 'for three days' in passage()) and generation() == 6, kiosk.said())
    check('no message repeats what was asked', SECRET not in kiosk.said(), kiosk.said())
    check('SIGTERM ends it', kiosk.end() == 0)


def starts(folder):
    for name, broken in [('cannot be found', os.path.join(folder, 'nowhere')), ('is faulty', file(os.path.join(folder, 'bad.osx'), 'x' * 100))]:
        kiosk = Kiosk(PROGRAM, '--knowledge', broken)
        health = kiosk.get('/api/health').json()
        check('where the knowledge %s, that is said and the built-in one stands in' % name,
              health['status'] == 'stand-in' and health['topics'] > 50 and broken in kiosk.said() and 'stands in' in kiosk.said(), kiosk.said())
        check('so that its cards are shown', kiosk.ask(IN_DANGER).json()['urgency'] == 'emergency')
        kiosk.end()
    for name, options, part in [
            ('settings that cannot be read', ['--clinic', folder + '/none.conf'], 'none.conf'),
            ('colours that cannot be told apart', ['--clinic', clinic(folder, 'colour_primary = #ffffff\n')], 'clinic.conf:5'),
            ('an address that is none', ['--listen', 'kiosk:80'], 'cannot listen'),
            ('an address of another machine', ['--listen', '192.0.2.1:80'], 'cannot listen'),
            ('an unknown option', ['--port', '80'], '--help'), ('an argument', ['80'], 'options only')]:
        try:
            kiosk = Kiosk(PROGRAM, *options, listen=None if '--listen' in options else '127.0.0.1:0')
            kiosk.end()
            check('it does not start with ' + name, False)
        except RuntimeError as error:
            check('it does not start with %s, and says why' % name, part in str(error), error)


def drains():
    kiosk = Kiosk(PROGRAM)
    body = b'{"question": "%s"}' % IN_DANGER.encode()
    head = ('POST /api/ask HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n'
            % (kiosk.authority, len(body))).encode()
    with kiosk.connect() as connection:
        connection.sendall(head + body[:10])
        time.sleep(0.2)
        kiosk.child.send_signal(signal.SIGTERM)
        time.sleep(0.2)
        try:
            with kiosk.connect():
                is_open = True
        except OSError:
            is_open = False
        connection.sendall(body[10:])
        reply = receive(connection)
        connection.close()
    check('after SIGTERM a request that has begun is answered', reply.status == 200 and b'emergency' in reply.body, reply.raw[:300])
    check('and no new one is taken', not is_open)
    check('then it ends well', kiosk.end() == 0, kiosk.said())


def systemd(folder):
    path = os.path.join(folder, 'notify')
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager, socket.socket() as listening:
        manager.bind(path)
        manager.settimeout(10)
        listening.bind(('127.0.0.1', 0))
        listening.listen(16)
        port = listening.getsockname()[1]
        shell = ['sh', '-c', 'LISTEN_PID=$$ LISTEN_FDS=1 WATCHDOG_PID=$$ exec "$@" 3<&%d' % listening.fileno(), 'sh']
        kiosk = Kiosk(PROGRAM, listen=None, wrap=shell, pass_fds=[listening.fileno()],
                      env={'NOTIFY_SOCKET': path, 'WATCHDOG_USEC': '2000000'})
        check('it takes the socket that systemd hands over', kiosk.port == port and kiosk.get('/api/health').status == 200)
        heard = [manager.recv(200).decode() for _ in range(2)]
        check('systemd hears READY=1, then WATCHDOG=1 in time', heard == ['READY=1', 'WATCHDOG=1'], heard)
        kiosk.child.send_signal(signal.SIGHUP)
        heard = []
        while 'READY=1' not in heard and len(heard) < 9:
            heard.append(manager.recv(200).decode())
        heard = [one.split('\n')[0] for one in heard if one != 'WATCHDOG=1']
        check('of a reload it hears RELOADING=1, then READY=1', heard == ['RELOADING=1', 'READY=1'], heard)
        kiosk.child.send_signal(signal.SIGTERM)
        while (said := manager.recv(200).decode()) == 'WATCHDOG=1':
            pass
        check('at the end it hears STOPPING=1', said == 'STOPPING=1' and kiosk.end() == 0, said)


# What stays of a visitor ---------------------------------------------------

def everything_private(kiosk):
    """The word in every place where a request can hold it; yields what was done."""
    word = SECRET.encode()
    for question in [SECRET, 'can my %s have implants' % SECRET, 'my %s bleeds and I cant breathe' % SECRET]:
        kiosk.ask(question)
        yield 'a question'
    kiosk.post('/api/ask', {'question': SECRET, 'after': SECRET})
    yield 'the topic before'
    kiosk.post('/api/ask', {'topic': SECRET})
    yield 'a topic'
    kiosk.post('/api/qr', {'notes': ['can I ' + SECRET, SECRET * 40]})
    yield 'notes'
    kiosk.ask(SECRET + ' ' * 3000 + SECRET)
    yield 'a long question'
    kiosk.post('/api/ask', b'{"%s": 1}' % word)
    yield 'a member that is not known'
    kiosk.post('/api/ask', b'{"question": "%s' % word)
    yield 'JSON with a fault'
    kiosk.post('/api/ask', {'question': SECRET}, headers=[('Origin', 'http://evil.example')])
    yield 'a refused request'
    kiosk.post('/api/ask', b'{"question": "%s"}' % (word * 900))
    yield 'too long a body'
    kiosk.get('/' + SECRET + '?' + SECRET)
    yield 'an address'
    kiosk.get('/', headers=[('X-Word', SECRET), ('Referer', 'http://%s/' % SECRET), ('Cookie', SECRET)])
    yield 'headers'
    body = b'{"question": "%s"}' % word
    head = ('POST /api/ask HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n'
            % (kiosk.authority, len(body))).encode()
    with kiosk.connect() as connection:
        connection.sendall(head + body[:-1])
        time.sleep(0.05)
    yield 'a request that was broken off'
    with kiosk.connect() as connection:
        for part in body[:16], body[16:20], body[20:]:
            connection.sendall((head if part == body[:16] else b'') + part)
            time.sleep(0.03)
        receive(connection)
        yield 'a body in parts, its connection open'
    with kiosk.connect() as connection:
        connection.sendall(head)
        time.sleep(0.03)
        connection.sendall(body)
        receive(connection)
        yield 'a body at once, its connection open'
    with kiosk.connect() as connection:
        connection.sendall(head + body)
        receive(connection)
        yield 'a body with its head, its connection open'


def privacy(folder):
    home = os.path.join(folder, 'home')
    os.mkdir(home)
    where = {name: home for name in ('HOME', 'TMPDIR', 'XDG_STATE_HOME', 'XDG_CACHE_HOME', 'STATE_DIRECTORY')}
    kiosk = Kiosk(PROGRAM, '--clinic', clinic(folder), env=where)
    is_searched = can_be_root() and not IS_SANITIZED  # a sanitizer keeps what was freed
    if is_searched:
        check('the server\'s memory can be searched', kiosk.memory_holds('Riverside') > 0)
    for what in everything_private(kiosk):
        if is_searched:
            gone = wait_for(lambda: kiosk.memory_holds(SECRET) == 0, 2)
            check('of %s the server\'s memory holds no word' % what, gone, kiosk.memory_holds(SECRET))
    check('nothing was said on standard error', kiosk.said() == '', kiosk.said())
    check('nothing was written to home, temporary or state folders', os.listdir(home) == [], os.listdir(home))
    if can_be_root():
        told = kiosk.proc('cmdline') + kiosk.proc('environ') + kiosk.proc('comm')
        check('the process\'s title and environment hold none', SECRET not in told, told)
        written = [path for path in kiosk.open_files() if path.startswith('/') and path not in ('/dev/null', kiosk.errors.name)]
        check('no file is open but the one for errors', not written, written)
        limit = [line for line in kiosk.proc('limits').splitlines() if line.startswith('Max core file size')][0].split()[4:6]
        check('a core dump has no room', limit == ['0', '0'], limit)
        threads = as_root('sh', '-c', 'cat /proc/%d/task/*/status' % kiosk.pid)
        check('every thread is behind the filter', threads.count('Name:') >= 4 and threads.count('Name:')
              == threads.count('Seccomp:\t2') == threads.count('NoNewPrivs:\t1'), threads)
    kiosk.end()
    rest = kiosk.child.stdout.read()
    check('nothing was said on standard output but the address', rest == b'', rest)


# The interface is what its description says ---------------------------------

def described(kiosk, bare):
    with open('bot/kiosk/openapi.json', encoding='utf-8') as source:
        api = json.load(source)
    notes = ['a question of forty letters or even more ' * 3] * 3
    sent = [
        ('GET', '/', None, {}), ('GET', '/clinic.css', None, {}), ('GET', '/logo', None, {}),
        ('GET', '/api/health', None, {}), ('GET', '/api/clinic', None, {}), ('GET', '/api/topics', None, {}),
        ('POST', '/api/qr', {'topic': 'smoking'}, {}), ('POST', '/api/qr', {'notes': notes}, {}), ('POST', '/api/qr', {}, {}),
        ('POST', '/api/qr', {'topic': 'nowhere'}, {}), ('POST', '/api/ask', {'topic': 'smoking'}, {}),
        ('POST', '/api/ask', {'topic': 'nowhere'}, {}), ('POST', '/api/ask', {'question': 'how long?', 'after': 'smoking'}, {}),
        ('POST', '/api/ask', {}, {}), ('POST', '/api/ask', {'question': 'a' * 9000}, {}),
        ('POST', '/api/ask', {'question': 'a'}, {'headers': [('Host', 'evil.example')]}),
        ('POST', '/api/ask', {'question': 'a'}, {'headers': [('Origin', 'http://evil.example')]}),
        ('POST', '/api/ask', {'question': 'a'}, {'headers': [('Content-Type', 'text/plain')]}),
        ('POST', '/api/ask', {'question': 'a'}, {'headers': [('Transfer-Encoding', 'chunked')]}),
    ] + [('POST', '/api/ask', {'question': question}, {}) for question in [
        'can i smok with implants', 'who won the cup', 'hello', IN_DANGER, 'the bleeding wont stop', 'pain', '', '\0', 'a ' * 3000]]
    seen = set()
    for method, path, body, more in sent:
        reply = kiosk.get(path, **more) if method == 'GET' else kiosk.post(path, body, **more)
        seen.add((method.lower(), path, str(reply.status)))
        faults = faults_of(api, method, path, body, reply)
        check('openapi.json describes %s %s %s: %d' % (method, path, json.dumps(body)[:40], reply.status), not faults, faults)
    seen.add(('get', '/logo', str(bare.get('/logo').status)))
    promised = operations(api)
    paths = {path for _, path, status in promised}
    missing = {row for row in promised - seen if row[2] != '503'}
    check('each reply that it promises was had, but for running out of memory', not missing, missing)
    check('and each of its routes is the server\'s', all(kiosk.get(path).status in (200, 405) for path in paths), paths)


def main():
    with tempfile.TemporaryDirectory() as folder:
        kiosk = Kiosk(PROGRAM, '--clinic', clinic(folder))
        if IS_SLOW:
            slow(kiosk)
        else:
            guards(kiosk)
            headers(kiosk)
            limits(kiosk)
            crowd(kiosk)
            bare = Kiosk(PROGRAM)
            described(kiosk, bare)
            bare.end()
        check('through all that it said nothing', kiosk.said() == '', kiosk.said())
        check('and ends well', kiosk.end() == 0, kiosk.said())
    if not IS_SLOW:
        addresses()
        drains()
        for suite in starts, reloads, systemd, privacy:
            with tempfile.TemporaryDirectory() as folder:
                suite(folder)
    sys.exit(bad > 0)


main()
