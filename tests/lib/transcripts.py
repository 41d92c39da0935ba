"""Runs the conversations of tests/transcripts; see tests/transcripts.sh."""
import difflib
import os
import shlex
import subprocess
import sys


def blocks(text):
    """Cuts a file into (comment lines, command, typed lines, answer text, status)."""
    found, comments = [], []
    for line in text.splitlines():
        if line.startswith('$ '):
            found.append({'comments': comments, 'command': line[2:], 'typed': [], 'back': [], 'status': 0})
            comments = []
        elif line.startswith('# ') and (not found or found[-1].get('closed')):
            comments.append(line)
        elif line.startswith('? '):
            found[-1]['status'] = int(line[2:])
            found[-1]['closed'] = True
        elif line.startswith('> '):
            found[-1]['typed'].append(line[2:])
            found[-1]['back'].append(line)
        elif found:
            found[-1]['back'].append(line)
    return found


def answer(program, block):
    """Types the lines one after another and puts each before what it brought."""
    command = shlex.split(program) + shlex.split(block['command'])
    environment = dict(os.environ, LC_ALL='C', TERM='dumb', ACCESSIBLE='')
    out = []
    if not block['typed']:
        run = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, env=environment)
        return (run.stdout + run.stderr).decode('utf-8', 'replace').splitlines(), run.returncode
    # One process: each reply ends in an empty line, which the pipe flushes.
    run = subprocess.run(command, input='\n'.join(block['typed']).encode() + b'\n',
                         capture_output=True, env=environment)
    replies = run.stdout.decode('utf-8', 'replace').split('\n\n\n' if '--json' not in block['command'] else '\n')
    lines = run.stdout.decode('utf-8', 'replace').splitlines()
    if '--json' in block['command']:
        for typed, line in zip(block['typed'], lines):
            out += ['> ' + typed, line]
    else:
        out = ['> ' + typed for typed in block['typed']] + lines
    out += run.stderr.decode('utf-8', 'replace').splitlines()
    return out, run.returncode


def main():
    mode, program, files = sys.argv[1], sys.argv[2], sys.argv[3:]
    number, bad = 0, 0
    for path in files:
        with open(path, encoding='utf-8') as file:
            text = file.read()
        written = []
        for block in blocks(text):
            back, status = answer(program, block)
            written += block['comments'] + ['$ ' + block['command']] + back + ['? %d' % status, '']
            if mode == 'golden':
                continue
            number += 1
            wanted = [line for line in block['back']]
            while wanted and not wanted[-1]:
                wanted.pop()
            while back and not back[-1]:
                back.pop()
            name = '%s: osseo %s' % (os.path.basename(path), block['command'])
            if back == wanted and status == block['status']:
                print('ok %d - %s' % (number, name))
            else:
                bad += 1
                print('\n'.join(difflib.unified_diff(wanted, back, 'golden', 'now', lineterm='')))
                print('not ok %d - %s (status %d)' % (number, name, status))
        if mode == 'golden':
            head = []
            with open(path, 'w', encoding='utf-8') as file:
                file.write('\n'.join(head + written))
    return bad > 0


if __name__ == '__main__':
    sys.exit(main())
