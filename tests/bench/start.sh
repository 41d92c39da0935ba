#!/bin/sh
# From exec to the first answer, beside /bin/true, and the memory that it takes.
# The two are run in turn, so that a ratio holds when the machine's speed drifts.
set -eu
cd "$(dirname "$0")/../.."
exec python3 - <<'PYTHON'
import os, resource, subprocess, time

QUESTION = 'is it safe for an implant to fuse with my jawbone?'
OSSEO = ['build/osseo', 'ask', QUESTION]

def seconds(command):
    start = time.perf_counter()
    subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start

pairs = [(seconds(['/bin/true']), seconds(OSSEO)) for _ in range(300)]
middle = lambda values: sorted(values)[len(values) // 2]
print('exec to exit, median of %d pairs' % len(pairs))
print('  /bin/true            %6.2f ms' % (1e3 * middle([p[0] for p in pairs])))
print('  osseo ask            %6.2f ms' % (1e3 * middle([p[1] for p in pairs])))
print('  ratio                %6.2f' % middle([p[1] / p[0] for p in pairs]))

lines = '\n'.join([QUESTION, 'how long do mini implants last', 'who won the cup'] * 3000) + '\n'
start = time.perf_counter()
subprocess.run(['build/osseo', '--json'], input=lines.encode(), stdout=subprocess.DEVNULL)
print('  through a pipe       %6.0f questions a second' % (9000 / (time.perf_counter() - start)))

pid = os.fork()
if pid == 0:
    os.dup2(os.open('/dev/null', os.O_WRONLY), 1)
    os.execv(OSSEO[0], OSSEO)
usage = os.wait4(pid, 0)[2]
print('  resident at most     %6.1f MiB' % (usage.ru_maxrss / 1024))
print('  size of the program  %6.1f MiB' % (os.path.getsize(OSSEO[0]) / 2**20))
PYTHON
