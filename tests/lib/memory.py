"""memory.py PID WORD -- how often the writable memory of a process holds a word.

A process that cannot be dumped is looked into by root alone."""
import re
import sys

pid, word = sys.argv[1:]
found = 0
with open('/proc/%s/maps' % pid) as maps, open('/proc/%s/mem' % pid, 'rb') as memory:
    for line in maps:
        start, end, access = re.match(r'([0-9a-f]+)-([0-9a-f]+) (\S+)', line).groups()
        if access.startswith('rw') and '[v' not in line:
            memory.seek(int(start, 16))
            try:
                found += memory.read(int(end, 16) - int(start, 16)).count(word.encode())
            except OSError:
                pass  # given back meanwhile
print(found)
