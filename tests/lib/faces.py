"""Says every phrase of knowledge/red-flags.md to every face of the programs in build/ and
holds that the card comes first, at the level of its flag or a higher one."""
import http.client
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys

OSSEO, KIOSK = sys.argv[1:3]
LEVELS = ['none', 'urgent', 'emergency']
LABELS = {'URGENT: today': 1, 'EMERGENCY': 2}
# A line that is answered in the same words each time parts the replies of a text.
THANKS, WELCOME = 'thanks', 'You are welcome.'
number = bad = 0


def check(name, missed):
    global number, bad
    number += 1
    bad += bool(missed)
    for phrase in missed[:20]:
        print('no card first for:', phrase)
    print('not ok' if missed else 'ok', number, '-', name)


def phrases(path):
    """(level, what is said) for each phrase, with the words of its lists in turn."""
    lists, level, section, found = {}, 0, '', []
    for line in open(path, encoding='utf-8'):
        line = line.rstrip('\n')
        if line.startswith('#'):
            section = line
        elif line.startswith('- Level: '):
            level = LEVELS.index(line[9:])
        elif section == '## Words that stand for one another' and line.startswith('- '):
            name, words = line[2:].split(': ', 1)
            lists[name] = words.split(', ')
        elif section == '### How people say it' and line.startswith('- '):
            words = []
            for part in line[2:].split():
                choices = lists.get(part) or part.split('/')
                if not part.startswith('..'):
                    words.append(choices[len(found) % len(choices)])
            found.append((level, ' '.join(words)))
    return found


SAID = phrases('knowledge/red-flags.md')


def first_lines(text):
    """The first line of each reply, which stands behind the paragraph that WELCOME begins."""
    replies = ('\n\n' + text).split(WELCOME)[:-1]
    return [reply.split('\n\n', 1)[1].lstrip('\n').split('\n')[0] for reply in replies]


def missed_in_text(firsts):
    if len(firsts) != len(SAID):
        return ['%d replies to %d phrases' % (len(firsts), len(SAID))]
    return [said for (level, said), first in zip(SAID, firsts) if LABELS.get(first.strip(), 0) < level]


def of_pipe(*options):
    lines = ''.join('%s\n%s\n' % (said, THANKS) for _, said in SAID)
    return subprocess.run([OSSEO, *options], input=lines, capture_output=True, text=True).stdout


def json_missed(replies):
    return [said for (level, said), reply in zip(SAID, replies)
            if LEVELS.index(reply['urgency']) < level or not reply['card']['say']]


check('every phrase raises its card first in a pipe', missed_in_text(first_lines(of_pipe())))
check('every phrase raises its card first in a dialogue', missed_in_text(first_lines(of_pipe('--dialogue'))))
check('every phrase raises its card first on a narrow page', missed_in_text(first_lines(of_pipe('--width=40'))))
check('every phrase raises its card in JSON',
      json_missed([json.loads(line) for line in of_pipe('--json').split('\n')[:-1]][::2]))


def at_terminal():
    """The first line that a person sees who types each phrase at a terminal."""
    child, terminal = pty.fork()
    if child == 0:
        os.environ.update(TERM='dumb', NO_COLOR='1', INPUTRC='/dev/null')
        os.execv(OSSEO, [OSSEO])

    def read_to_prompt():
        seen = b''
        while not seen.endswith(b'\n> ') and select.select([terminal], [], [], 20)[0]:
            seen += os.read(terminal, 65536)
        return seen.decode('utf-8', 'replace').replace('\r', '')

    read_to_prompt()
    firsts = []
    for _, said in SAID:
        os.write(terminal, said.encode() + b'\n')
        shown = [line for line in read_to_prompt().split('\n') if line]
        firsts.append(shown[1] if shown[0] == said else '')
    os.close(terminal)
    os.waitpid(child, 0)
    return firsts


check('every phrase raises its card first at a terminal', missed_in_text(at_terminal()))


def kiosk_missed():
    kiosk = subprocess.Popen([KIOSK, '--listen', '127.0.0.1:0'], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        port = int(re.search(r':(\d+)', kiosk.stdout.readline() or kiosk.stderr.readline()).group(1))
        connection, replies = http.client.HTTPConnection('127.0.0.1', port), []
        for _, said in SAID:
            connection.request('POST', '/api/ask', json.dumps({'question': said, 'after': None}),
                               {'Content-Type': 'application/json'})
            replies.append(json.loads(connection.getresponse().read()))
        return json_missed(replies)
    finally:
        kiosk.send_signal(signal.SIGTERM)
        kiosk.wait()


check('every phrase raises its card at the kiosk', kiosk_missed())
sys.exit(bad > 0)
