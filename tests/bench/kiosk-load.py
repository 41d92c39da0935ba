"""The suite of kiosk-load.sh: see there."""
import csv
import glob
import json
import os
import re
import socket
import subprocess
import sys
import time

sys.path.insert(0, 'tests/lib')
from kiosk import Kiosk  # noqa: E402

WRK = ['wrk', '-t1', '-c64', '--timeout', '5s', '-s', 'tests/bench/kiosk-load.lua']
QUESTIONS, PASSAGES = 'build/bench/questions', 'build/bench/passages'
SECONDS = int(os.environ.get('SECONDS_EACH', 10))
# All are measured in turn, so that a ratio holds when the machine's speed drifts.
ROUNDS = int(os.environ.get('ROUNDS', 3))


def write_questions(folder):
    questions = []
    for path in sorted(glob.glob(os.path.join(folder, '*.tsv'))):
        with open(path, encoding='utf-8') as lines:
            rows = csv.DictReader(lines, delimiter='\t', quoting=csv.QUOTE_NONE)
            questions += [row['question'] for row in rows if row.get('question')]
    with open(QUESTIONS, 'w', encoding='utf-8') as out:
        for question in questions:
            out.write(json.dumps({'question': question}) + '\n')
    return len(questions)


def write_passages(kiosk):
    """Every passage of the knowledge, as the server itself gives them."""
    n = 0
    with open(PASSAGES, 'w', encoding='utf-8') as out:
        for area in kiosk.get('/api/topics').json()['areas']:
            for topic in area['topics']:
                reply = kiosk.post('/api/ask', {'topic': topic['id']}).json()
                for text in [reply['passage'], *reply['more']]:
                    out.write(json.dumps({'id': n, 'topic': topic['id'], 'heading': topic['heading'], 'text': text}) + '\n')
                    n += 1
    return n


def cpu_seconds(pid):
    fields = open('/proc/%d/stat' % pid).read().rsplit(')', 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')


def load(pid, address, seconds):
    before = cpu_seconds(pid)
    out = subprocess.run([*WRK, '-d%ds' % seconds, address], capture_output=True, text=True,
                         env={**os.environ, 'QUESTIONS': QUESTIONS}).stdout
    n, duration, p99, errors = re.search(r'RESULT (\d+) ([\d.]+) ([\d.]+) (\d+)', out).groups()
    return {'rate': int(n) / float(duration), 'p99': float(p99), 'errors': int(errors),
            'micros': 1e6 * (cpu_seconds(pid) - before) / max(int(n), 1)}


def middle(rounds, name):
    return sorted(one[name] for one in rounds)[len(rounds) // 2]


def say(name, rounds):
    print('%-12s %8.0f replies/s   %6.0f us of processor a reply   99th percentile %6.2f ms   %d errors'
          % (name, middle(rounds, 'rate'), middle(rounds, 'micros'), middle(rounds, 'p99'), sum(r['errors'] for r in rounds)))


def start_node(*options):
    node = subprocess.Popen(['node', 'tests/bench/node-server.js', PASSAGES, *options], stdout=subprocess.PIPE, text=True)
    address = node.stdout.readline().strip()
    load(node.pid, address, 3)  # until its code is compiled
    return node, address


def compare(kiosk):
    servers = {'osseo-kiosk': (kiosk, 'http://%s/' % kiosk.authority), 'node': start_node(), 'node, exact': start_node('exact')}
    rounds = {name: [] for name in servers}
    try:
        for _ in range(ROUNDS):
            for name, (server, address) in servers.items():
                rounds[name].append(load(server.pid, address, SECONDS))
    finally:
        for server, _ in servers.values():
            if server is not kiosk:
                server.kill()
    for name in servers:
        say(name, rounds[name])
        if name != 'osseo-kiosk':
            print('  osseo-kiosk answers %.1f times as many' % (middle(rounds['osseo-kiosk'], 'rate') / middle(rounds[name], 'rate')))


def crowd(kiosk):
    held = [socket.create_connection(('127.0.0.1', kiosk.port)) for _ in range(1000)]
    for connection in held[::2]:
        connection.sendall(b'POST /api/ask HTTP/1.1\r\nHo')
    waits = []
    for _ in range(200):
        start = time.perf_counter()
        assert kiosk.ask('can I have implants if I smoke?').status == 200
        waits.append(1e3 * (time.perf_counter() - start))
    waits.sort()
    print('1,000 idle and slow connections held: a question is answered in %.1f ms (median), %.1f ms (worst of 200)'
          % (waits[100], waits[-1]))
    for connection in held:
        connection.close()


def start():
    waits = []
    for _ in range(20):
        begun = time.perf_counter()
        kiosk = Kiosk('build/osseo-kiosk')
        status = kiosk.get('/').status
        waits.append(1e3 * (time.perf_counter() - begun))
        assert status == 200 and kiosk.end() == 0
    print('from exec to the start page sent: %.1f ms (median of 20)' % sorted(waits)[10])


def main():
    kiosk = Kiosk('build/osseo-kiosk')
    print('%d questions, %d passages, 64 connections, %d rounds of %d s'
          % (write_questions(sys.argv[1]), write_passages(kiosk), ROUNDS, SECONDS))
    compare(kiosk)
    crowd(kiosk)
    kiosk.end()
    start()


main()
