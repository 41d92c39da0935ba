"""Feeds a program of tests/pipe.sh what people and scripts must not break it with."""
import json
import os
import shutil
import subprocess
import sys
import tempfile

PROGRAM = os.path.abspath(sys.argv[1])
KEYS = ['question', 'outcome', 'urgency', 'card', 'topic', 'article', 'heading', 'passage', 'key_sentence',
        'more', 'confidence', 'caveat', 'sources', 'reviewed', 'overdue', 'choices', 'related', 'corrections']
number = bad = 0


def check(name, good, why=''):
    global number, bad
    number += 1
    bad += not good
    if not good:
        print(why)
    print('ok' if good else 'not ok', number, '-', name)


def run(arguments, data=b'', **more):
    return subprocess.run([PROGRAM] + arguments, input=data, capture_output=True, **more)


HOSTILE = {
    'zero bytes': b'does \x00 it \x00hurt',
    'bytes that are not UTF-8': b'does it \xff\xfe hurt \x80',
    'overlong UTF-8': b'does it \xc0\xaf hurt',
    'a lone surrogate': b'does it \xed\xa0\x80 hurt',
    'escape sequences': b'\x1b[2J\x1b]0;title\x07does it hurt',
    'bidi overrides': 'does \u202eit\u202c hurt'.encode(),
    'zero-width joiners': 'does it h\u200du\u200br\u2060t'.encode(),
    'full-width letters': '\uff44\uff4f\uff45\uff53 it hurt'.encode(),
    'a hundred thousand combining marks': 'e'.encode() + '\u0301'.encode() * 100000,
    'ten megabytes': b'does it hurt ' * 800000,
    'one long word': b'a' * 100000,
    'quotes and backslashes': b'"does" \\it\\ \'hurt\' {"a": 1}',
    'percent signs': b'%s%n%d does it hurt %p',
    'emoji': '\U0001f9b7\U0001f62d does it hurt'.encode(),
}

for name, line in HOSTILE.items():
    out = run(['--json'], line + b'\n')
    try:
        replies = [json.loads(x) for x in out.stdout.decode('utf-8').splitlines()]
        good = len(replies) == 1 and out.returncode in (0, 1) and all(k in replies[0] for k in KEYS)
    except ValueError as error:
        good, replies = False, [str(error)]
    check('one valid JSON line for ' + name, good, (out.returncode, out.stderr[:500], replies))
    text = run([], line + b'\n')
    steering = [c for c in text.stdout.decode('utf-8', 'replace') if (ord(c) < 32 and c != '\n') or
                127 <= ord(c) < 160 or c in '\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff']
    check('nothing that steers a terminal for ' + name, not steering, steering[:10])

out = run(['--json'], b'how long do implants last\nwho won the cup\n')
check('a question without an answer makes the status 1', out.returncode == 1, out.returncode)
check('an answered question makes the status 0', run(['ask', 'does it hurt to have an implant?']).returncode == 0)
check('an unknown option makes the status 2', run(['--nonsense']).returncode == 2)
check('an unknown command makes the status 2', run(['nonsense']).returncode == 2)
screen = run(['--help']).stdout.decode().splitlines()
check('--help fits a screen of 24 lines, the prompt included, and starts with examples',
      len(screen) < 24 and max(map(len, screen)) <= 80 and screen[1].startswith('osseo ask "'), screen)
check('a misspelt option is told what was meant', b'did you mean --json?' in run(['--jsn']).stderr)
check('as is a misspelt command', b"did you mean 'topics'?" in run(['topcis']).stderr)
check('the least and the greatest of each number are taken', all(
    run([option, number, 'ask', 'can I smoke?']).returncode == 0
    for option, number in (('--width', '20'), ('--width', '500'), ('--jobs', '1'), ('-k', '1'))))
check('--jobs takes a number that makes sense', run(['--jobs', '0']).returncode == 2)
check('--plain and ACCESSIBLE label the parts, without colours and layout',
      run(['--plain', '--color=auto', 'ask', 'can I smoke?']).stdout ==
      run(['ask', 'can I smoke?'], env=dict(os.environ, ACCESSIBLE='1')).stdout and
      b'\nAnswer: ' in run(['--plain', 'ask', 'can I smoke?']).stdout)
narrow = run(['--width', '34', 'ask', 'can I smoke?']).stdout.decode().splitlines()
check('--width holds for every line that has room for its words',
      all(len(line) <= 34 or len(line.split()) == 1 for line in narrow), narrow)
for arguments, said in [
        (['--width'], 'it takes a value'), (['--json=yes'], 'it takes no value'), (['--wdith', '40'], 'did you mean --width?'),
        (['--width', '19'], '20 to 500'), (['--width', '501'], '20 to 500'), (['--width', '4x'], '20 to 500'),
        (['--width', ''], '20 to 500'), (['--width', '99999999999999999999'], '20 to 500'), (['--color', 'red'], 'auto, always or never'),
        (['-k', '0'], '1 to 10000'), (['-k', '10001'], '1 to 10000'), (['--memory', '3M'], 'at least 4M'),
        (['--memory', 'many'], 'at least 4M'), (['--memory', '5X'], 'at least 4M'), (['--memory', '5Mb'], 'at least 4M'),
        (['--memory', '99999999999999999999'], 'at least 4M'), (['--memory', '99999999999G'], 'at least 4M'),
        (['-x'], 'there is no such option'), (['--zzzzzzzz'], 'there is no such option'), (['toppics'], "did you mean 'topics'?"),
        (['topics', 'x'], 'it takes no argument'), (['ask'], 'write the question behind it'), (['index', 'x'], 'it is used as'),
        (['check'], 'it is used as'), (['diff', 'x'], 'it is used as'), (['rank'], 'it is used as')]:
    out = run(arguments)
    check('told with status 2: osseo ' + ' '.join(arguments), out.returncode == 2 and said in out.stderr.decode(), out)
check('ACCESSIBLE=0 asks for nothing', run(['ask', 'hello'], env=dict(os.environ, ACCESSIBLE='0')).stdout ==
      run(['ask', 'hello']).stdout != run(['ask', 'how long do implants last'], env=dict(os.environ, ACCESSIBLE='1')).stdout)
check('a missing knowledge makes the status 2', run(['--knowledge', '/nowhere', 'topics']).returncode == 2)
check('no input makes no output', run(['--json']).stdout == b'')
check('empty lines are skipped', run(['--json'], b'\n \n\t\n').stdout == b'')
check('a last line without its end is answered', len(run(['--json'], b'does it hurt').stdout.splitlines()) == 1)
check('line ends of Windows do not matter',
      json.loads(run(['--json'], b'does it hurt\r\n').stdout)['question'] == 'does it hurt')
cut = json.loads(run(['--json'], b'does it hurt ' * 1000).stdout)
check('a question over 4096 bytes is cut, and said so', cut['cut'] is True and len(cut['question']) <= 4096)

with open('/dev/full', 'wb') as full:
    out = subprocess.run([PROGRAM, '--json'], input=b'does it hurt\n', stdout=full, stderr=subprocess.PIPE)
check('a full disk is said and makes the status 2', out.returncode == 2 and b'osseo: ' in out.stderr, out)

lines = b''.join(b'%s I %s it\nINSIDE TITANIUM\n\n' % (a, b) for a in (b'can', b'when will', b'how long do')
                 for b in (b'eat with', b'clean', b'SLEEP with', b'pay for', b'miss')) * 8
plain = {locale: run([], lines, env=dict(os.environ, LC_ALL=locale)).stdout for locale in ('C', 'C.UTF-8', 'tr_TR.UTF-8')}
check('the locale changes no byte', len(set(plain.values())) == 1 and len(plain['C']) > 1000)
for form in ([], ['--json'], ['--explain']):
    one = run(form, lines)
    check('eight jobs write the bytes of one, %s' % (form or 'as text'),
          all(run(form + ['--jobs', n], lines).stdout == one.stdout for n in ('2', '8')) and one.returncode == 1)


def peak(n_lines):
    """The most memory, in KiB, that so many lines take."""
    with tempfile.TemporaryFile() as given:
        given.write(b'how long do implants last?\n' * n_lines)
        given.seek(0)
        pid = os.fork()
        if pid == 0:
            os.dup2(given.fileno(), 0)
            os.dup2(os.open('/dev/null', os.O_WRONLY), 1)
            os.execv(PROGRAM, [PROGRAM, '--json'])
        return os.wait4(pid, 0)[2].ru_maxrss


if 'sanitized' not in PROGRAM:  # which keeps what was freed
    few, many = peak(500), peak(50000)
    check('a hundred times the lines take no more memory', many < few + 512, (few, many))

with tempfile.TemporaryDirectory() as folder:
    with open(folder + '/clinic.conf', 'w') as clinic:
        clinic.write('[clinic]\nname = Park Street Dental\ntelephone = 020 7946 0123\n')
    out = run(['--clinic', clinic.name, 'ask', 'does it hurt?'])
    check('a clinic is named behind the caveat', b'Park Street Dental: 020 7946 0123.' in out.stdout, out)

with tempfile.TemporaryDirectory() as folder:
    shutil.copy(PROGRAM, folder)
    alone = subprocess.run(['./' + os.path.basename(PROGRAM), 'ask', 'what is a mini implant?'], cwd=folder,
                           capture_output=True, env={'PATH': '/usr/bin:/bin'})
    check('the program answers alone in an empty folder', alone.returncode == 0 and b'mini' in alone.stdout, alone)
    check('and leaves no file behind', os.listdir(folder) == [os.path.basename(PROGRAM)])

talk = subprocess.Popen([PROGRAM, '--json', '--dialogue'], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
replies = 0
for i in range(200):
    talk.stdin.write(b'how long do mini implants last?\n')
    talk.stdin.flush()
    replies += json.loads(talk.stdout.readline())['outcome'] == 'answer'
talk.stdin.close()
check('a coprocess is answered two hundred times without closing its input', replies == 200 and talk.wait() == 0)

questions = [b'what is a mini implant', b'can i smok with implants', b'does it hurt', b'hello', b'who won the cup',
             b'my implant is loose', b'how long', b'is it safe for an implant to fuse with my jawbone?']
out = run(['--json', '--explain'], b'\n'.join(questions) + b'\n')
wrong = []
for line in out.stdout.decode().splitlines():
    reply = json.loads(line)
    if reply['passage'] and reply['key_sentence'] not in reply['passage']:
        wrong.append('key sentence: ' + line)
    if reply['outcome'] in ('answer', 'choices') and not reply['caveat']:
        wrong.append('caveat: ' + line)
    if reply['shares'] and abs(sum(s['share'] for s in reply['shares']) - reply['score']) > 0.001:
        wrong.append('shares: ' + line)
check('key sentences, caveats and shares hold together', not wrong, wrong)
sys.exit(bad > 0)
