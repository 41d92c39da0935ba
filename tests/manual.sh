#!/bin/sh
# The man pages and the completion of shells say what the programs do, no more and
# no less.
set -u
cd "$(dirname "$0")/.." || exit 2
out=build/tests/manual
rm -rf $out
mkdir -p $out/bin
ln -s "$PWD/build/osseo" $out/bin/osseo
export PATH="$PWD/$out/bin:$PATH"
log=$out/log
. tests/lib/check.sh
same() { # same COMMAND COMMAND: they print the same lines
    sh -c "$1" | LC_ALL=C sort -u >$out/a
    sh -c "$2" | LC_ALL=C sort -u >$out/b
    [ -s $out/a ] && diff $out/a $out/b
}
pages() { for page in bot/man/*.scd; do scdoc <"$page" >"$out/$(basename "$page" .scd)" || return 1; done; }
renders() {
    for page in $out/*.[1358]; do
        MANWIDTH=78 man --warnings -l "$page" >$out/rendered 2>$out/warned && [ ! -s $out/warned ] || return 1
    done
}
options_of_page="grep -o -e '--[a-z][a-z]*'"
check 'every man page is made' pages
check 'and rendered without a warning' renders
check 'osseo(1) names the options of --help and no others' \
    same "build/osseo --help | $options_of_page" "sed -n '/^# OPTIONS/,/^# CONV/p' bot/man/osseo.1.scd | grep '^[*]-' | $options_of_page"
check 'and its commands' same "build/osseo --help | sed -n '/^Commands/,/^Options/s/^  \([a-z]*\) .*/\1/p'" \
    "sed -n '/^# COMMANDS/,/^# OPTIONS/s/^[*]\([a-z]*\)[*].*/\1/p' bot/man/osseo.1.scd"
check 'and those of a conversation' same "grep -o '^    { \"/[a-z]*' bot/cli/talk.c | tr -d ' {\"'" \
    "sed -n '/^# CONV/,/^# JSON/p' bot/man/osseo.1.scd | grep -o '[*]/[a-z]*' | tr -d '*'"
check 'and the keys of a reply' same \
    "build/osseo --json --explain ask 'can i smok?' | python3 -c 'import json, sys; print(*json.load(sys.stdin), sep=\"\n\")'" \
    "sed -n '/^# JSON/,/^# EXIT/p' bot/man/osseo.1.scd | grep '^_' | grep -o '[a-z_]*[a-z]'| sed 's/^_//'"
check 'osseo-kiosk(8) names the options of --help and no others' \
    same "build/osseo-kiosk --help | sed -n '/^Options/,\$p' | $options_of_page" \
    "sed -n '/^# OPTIONS/,/^# CLINIC/p' bot/man/osseo-kiosk.8.scd | grep '^[*]-' | $options_of_page"
check 'and the keys of clinic.conf' same "sed -n 's/^ [*]     \([a-z_]*\) = .*/\1/p' bot/face/clinic.h" \
    "sed -n '/^# CLINIC/,/^# SIGNALS/p' bot/man/osseo-kiosk.8.scd | grep '^_' | grep -o '_[a-z_]*_' | sed 's/^_//; s/_\$//'"

completed() { # completed WORD... -- what bash offers for the last word
    bash -c '. bot/completion/osseo.bash; compopt() { :; }
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)); _osseo; printf "%s\n" "${COMPREPLY[@]}"' bash "$@"
}
bash_completes() {
    [ "$(completed osseo top)" = topics ] && [ "$(completed osseo --js)" = --json ] &&
        [ "$(completed osseo --know)" = --knowledge= ] && [ "$(completed osseo ask --color = al)" = always ] &&
        [ "$(completed osseo check READ)" = README.md ] && [ "$(completed osseo --knowledge = Make)" = Makefile ] &&
        [ "$(completed osseo '' | wc -l)" -eq "$(sed -n '/^# COMMANDS/,/^# OPT/p' bot/man/osseo.1.scd | grep -c '^[*]')" ]
}
fish_completes() {
    fish --no-config -c 'source bot/completion/osseo.fish
        contains -- topics (complete -C "osseo top"); and contains -- --json (complete -C "osseo --js")
        and string match -q -- "*never*" (complete -C "osseo --color=n")'
}
zsh_completes() { # zsh completes for a person only, so it is given a terminal
    HOME=$PWD/$out python3 tests/lib/zsh.py
}
check 'bash completes commands, options, values and files' bash_completes
check 'fish does' fish_completes
check 'zsh does' zsh_completes
exit $status
