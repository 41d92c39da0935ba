# Sourced by suites in shell: check NAME COMMAND... prints a line of TAP, and before it
# what a command that failed has said.  The suite sets `log`, a file, and ends with
# `exit $status`.
# shellcheck shell=sh disable=SC2034,SC2154
n=0 status=0
check() {
    name=$1
    shift
    n=$((n + 1))
    if "$@" >"$log" 2>&1; then
        echo "ok $n - $name"
    else
        tail -n 40 "$log"
        echo "not ok $n - $name"
        status=1
    fi
}
