#!/bin/sh
# gcc's analyzer, clang-tidy and cppcheck over bot/.  A finding fails unless a row of
# tests/static.tsv (tool, file, what it says, why it is none) explains it, and a row
# that explains nothing fails too.
set -u
cd "$(dirname "$0")/.." || exit 2
export LC_ALL=C.UTF-8 # the quotation marks of the rows
exec python3 - <<'PYTHON'
import concurrent.futures
import glob
import re
import subprocess

sources = sorted(glob.glob('bot/*/*.c') + glob.glob('bot/*.c'))
include = ['-std=c11', '-Ibot', '-D_FORTIFY_SOURCE=2']
tools = {
    'analyzer': lambda f: ['gcc', *include, '-O2', '-fanalyzer', '-fvisibility=hidden', '-c', '-o', '/dev/null', f],
    'clang-tidy': lambda f: ['clang-tidy', '--quiet', f, '--', '-std=c11', '-Ibot'],
    'cppcheck': lambda f: ['cppcheck', '-q', '--std=c11', '--enable=warning,portability,performance', '-Ibot',
                           '--template={file}:{line}:{column}: warning: {message} [{id}]', f],
}
rows = [line.rstrip('\n').split('\t') + [0] for line in open('tests/static.tsv', encoding='utf-8')
        if line.strip() and not line.startswith('#')]


def findings(tool, file):
    out = subprocess.run(tools[tool](file), capture_output=True, text=True)
    text = out.stdout + out.stderr
    return sorted(set(re.findall(r'^\S*?(bot/\S+?:\d+):\d+: (?:warning|error): (.*)$', text, re.M)))


number = bad = 0
with concurrent.futures.ThreadPoolExecutor(2) as pool:
    for tool in tools:
        unexplained = []
        for found in pool.map(lambda file, tool=tool: findings(tool, file), sources):
            for place, said in found:
                fits = [row for row in rows if row[0] == tool and place.startswith(row[1] + ':') and row[2] in said]
                for row in fits:
                    row[4] += 1
                if not fits:
                    unexplained.append('%s: %s' % (place, said))
        number += 1
        bad += bool(unexplained)
        print('\n'.join(sorted(set(unexplained))[:60]))
        print('not ok' if unexplained else 'ok', number, '-', tool + ' finds nothing that is not explained')
unused = [row[:3] for row in rows if not row[4]]
print('not ok' if unused else 'ok', number + 1, '- each explanation is needed', *unused)
raise SystemExit(bad > 0 or bool(unused))
PYTHON
