#!/bin/sh
# That hardening is in what was built, linked statically or not.
set -u
cd "$(dirname "$0")/.." || exit 2
exec python3 - <<'PYTHON'
import glob
import os
import re
import subprocess

number = bad = 0


def check(name, good, why=''):
    global number, bad
    number += 1
    bad += not good
    if not good:
        print(str(why)[:2000])
    print('ok' if good else 'not ok', number, '-', name)


def read(*arguments):
    return subprocess.run(['readelf', '-W', *arguments], capture_output=True, text=True).stdout


for name in ['build/osseo', 'build/osseo-kiosk', *glob.glob('build/libosseo.so.*.*.*')]:
    segments, dynamic = read('-l', name), read('-d', name)
    is_static = '(NEEDED)' not in dynamic
    check(name + ': loaded at an address of its own each time', 'Type:' in read('-h', name) and 'DYN' in read('-h', name))
    check(name + ': no segment can be both written and run',
          not re.findall(r'^ +LOAD .* RWE ', segments, re.M), segments)
    check(name + ': the stack cannot be run', re.search(r'GNU_STACK .* RW ', segments), segments)
    check(name + ': relocations are done first and then read-only',
          'GNU_RELRO' in segments and (is_static or re.search(r'BIND_NOW|\bNOW\b', dynamic)), dynamic)
    check(name + ': no relocation in code, no path of its own for libraries',
          not re.search(r'TEXTREL|RPATH|RUNPATH', dynamic), dynamic)

sources = glob.glob('bot/*.c') + glob.glob('bot/*/*.c')
objects = [path for path in ('build/obj/' + source[4:-1] + 'o' for source in sources) if os.path.exists(path)]
symbols = {path: set(re.findall(r' UND (\S+)', read('-s', path))) for path in objects}
guarded = [path for path in objects if '__stack_chk_fail' in symbols[path]]
check('stacks are guarded where they hold arrays: %d of %d objects' % (len(guarded), len(objects)), len(guarded) * 3 > len(objects))
# (snprintf goes unchecked where the compiler sees that all fits.)
plain = {path: symbols[path] & {'sprintf', 'vsprintf', 'vsnprintf', 'fprintf', 'vfprintf', 'printf'} for path in objects}
check('calls that can be checked for their room are', any('__vsnprintf_chk' in s for s in symbols.values()) and
      not any(plain.values()), {p: s for p, s in plain.items() if s})
if 'X86-64' in read('-h', 'build/osseo'):
    without = [path for path in objects if not re.search(r'x86 feature: IBT, SHSTK', read('-n', path))]
    check('each object is marked for indirect branch tracking and shadow stacks', not without, without)
raise SystemExit(bad > 0)
PYTHON
