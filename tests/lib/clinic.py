"""A clinic.conf, fault by fault: the rows of tests/clinic/faults.txt."""
import os
import subprocess
import sys
import tempfile

PROGRAM = os.path.abspath(sys.argv[1])
number = bad = 0


def check(name, good, why=''):
    global number, bad
    number += 1
    bad += not good
    if not good:
        print(why)
    print('ok' if good else 'not ok', number, '-', name)


with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, 'clinic.conf')

    def run(text, *arguments):
        with open(path, 'wb') as file:
            file.write(text)
        return subprocess.run([PROGRAM, '--clinic', path, '--knowledge', 'tests/knowledge/small', *arguments],
                              capture_output=True, text=True)

    for row in open('tests/clinic/faults.txt', encoding='utf-8'):
        if row.startswith('#'):
            continue
        text, wanted = row.rstrip('\n').split('\t')
        out = run(text.encode().decode('unicode_escape').encode('latin-1'), 'topics')
        said = out.stderr.replace(path, 'HERE')
        good = (out.returncode, said) == (0, '') if wanted == '' else out.returncode == 2 and wanted in said
        check('clinic.conf: ' + (wanted or 'nothing is wrong with ' + text), good, (out.returncode, said))

    right = b'[clinic]\nname = Park Street\ntelephone = 020 7946 0000\n'
    check('a reply names the clinic', 'Park Street: 020 7946 0000.' in run(right, 'ask', 'can i smoke').stdout)
    out = run(right + b'#' * 5000 + b'\n', 'topics')
    check('a line that is too long is told with its place', ':4: error: the line is too long' in out.stderr, out)
    out = run(right + b'\n' * 70000, 'topics')
    check('a file that is too long is told', 'larger than' in out.stderr and out.returncode == 2, out)
    out = subprocess.run([PROGRAM, '--clinic', folder, 'topics'], capture_output=True, text=True)
    check('a folder is no clinic.conf', 'not a regular file' in out.stderr and out.returncode == 2, out)
sys.exit(bad > 0)
