"""Presses Tab in a zsh that has the completion of osseo; ends with 0 where it completes."""
import os
import pty
import select
import sys

pid, fd = pty.fork()
if pid == 0:
    os.execvp('zsh', ['zsh', '-f', '-i'])


def typed(keys, wanted):
    shown = b''
    os.write(fd, keys.encode())
    while wanted.encode() not in shown:
        if not select.select([fd], [], [], 30)[0]:
            sys.exit('typed %r, waited for %r, got %r' % (keys, wanted, shown))
        shown += os.read(fd, 65536)


typed('PS1=; fpath=($PWD/bot/completion $fpath); autoload -Uz compinit; compinit -D -u; print re""ady\n', 'ready\r\n')
typed('osseo top\t', 'topics')
typed('\x15osseo --jso\t', '--json')
typed('\x15osseo --color=alw\t', 'always')
typed('\x15exit\n', '')
