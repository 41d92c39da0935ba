#!/bin/sh
# Asks a coprocess through two named pipes: ask.sh OSSEO [ROUND_TRIPS]
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkfifo "$folder/in" "$folder/out"
"$1" --json --dialogue <"$folder/in" >"$folder/out" &
exec 3>"$folder/in" 4<"$folder/out"

n=0
while [ $n -lt "${2:-1}" ]; do
    echo 'how long do mini implants last?' >&3
    IFS= read -r reply <&4
    case $reply in *'"outcome": "answer"'*) ;; *) exit 1 ;; esac
    n=$((n + 1))
done
exec 3>&- # which ends osseo
wait $!
printf '%s\n' "$reply"
