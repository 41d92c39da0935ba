#!/bin/sh
# What `make install-kiosk` puts where, tried in a folder of its own: units that
# systemd understands and finds closed, policies that Chromium knows.
set -u
cd "$(dirname "$0")/.." || exit 2
root=$(mktemp -d) || exit 2
trap 'rm -rf "$root"' EXIT
log=$root/said
. tests/lib/check.sh
has() { command -v "$1" >/dev/null 2>&1; }
install() { make --no-print-directory -s install-kiosk DESTDIR="$root" PREFIX=/usr >"$root.log" 2>&1; }

check 'it installs into a folder' install
units=$root/usr/lib/systemd/system
policies=$root/etc/chromium/policies/managed
check 'all that is installed is there, with its mode' sh -c "cd '$root' && find . -type f ! -name 'said*' -printf '%m %P\n' | sort >said2; diff said2 - <<'END'; s=\$?; rm said2; exit \$s
644 etc/chromium/policies/managed/osseo-kiosk.json
644 etc/default/osseo-kiosk
644 etc/osseo/clinic.conf
644 usr/lib/systemd/system/osseo-kiosk.service
644 usr/lib/systemd/system/osseo-kiosk.socket
644 usr/lib/systemd/system/osseo-nightly.service
644 usr/lib/systemd/system/osseo-nightly.timer
644 usr/lib/systemd/system/osseo-screen.service
644 usr/lib/sysusers.d/osseo-screen.conf
644 usr/share/osseo/out-of-order.html
755 usr/bin/osseo-kiosk
755 usr/lib/osseo/screen
755 usr/lib/osseo/screen-policy
END"
check 'no place is left open' sh -c "! grep -r '@PREFIX@' '$root' --exclude=osseo-kiosk"

echo '; mine' >>"$root/etc/osseo/clinic.conf"
install
check 'settings of before are left alone' grep -q '; mine' "$root/etc/osseo/clinic.conf"
check 'the settings that come with it are right' env DESTDIR="$root" python3 - <<'PYTHON'
import os, sys
sys.path.insert(0, 'tests/lib')
from kiosk import Kiosk
root = os.environ['DESTDIR']
kiosk = Kiosk(root + '/usr/bin/osseo-kiosk', '--clinic', root + '/etc/osseo/clinic.conf')
assert kiosk.get('/api/clinic').json()['telephone'] == '01632 960 123'
assert kiosk.end() == 0 and kiosk.said() == '', kiosk.said()
PYTHON

for script in screen screen-policy; do
    check "$script is a script that the shell can read" sh -n "$root/usr/lib/osseo/$script"
done
printing() { DESTDIR=$root "$root/usr/lib/osseo/screen-policy" && grep -q "\"PrintingEnabled\": $1" "$policies/osseo-printing.json"; }
check 'without a printer nothing can be printed' printing false
echo 'printer = yes' >>"$root/etc/osseo/clinic.conf"
check 'with one the browser may print' printing true
check 'policies are JSON, each known to the browser that is here, and allow this server and no other page' \
    env FOLDER="$policies" python3 - <<'PYTHON'
import json, mmap, os
policies = {}
for name in sorted(os.listdir(os.environ['FOLDER'])):
    policies.update(json.load(open(os.path.join(os.environ['FOLDER'], name))))
assert policies['URLBlocklist'][0] == '*'
assert policies['URLAllowlist'] == ['http://127.0.0.1:8086', 'file:///usr/share/osseo/out-of-order.html']
browser = '/usr/lib/chromium/chromium'
if os.path.exists(browser):
    with open(browser, 'rb') as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as code:
        unknown = [name for name in policies if code.find(name.encode() + b'\0') < 0]
    assert not unknown, unknown
PYTHON
check 'the browser starts with what the kiosk needs' sh -c "for option in --kiosk --incognito --disable-pinch \
    --overscroll-history-navigation=0 --hide-crash-restore-bubble --disable-features=Translate --noerrdialogs; do
    grep -q -- \"\$option\" '$root/usr/lib/osseo/screen' || { echo \$option; exit 1; }; done"

if has systemd-analyze; then
    # It looks for what the units start and depend on, which is not all here.
    for target in sysinit basic shutdown sockets timers multi-user; do
        echo '[Unit]' >"$root/usr/lib/systemd/system/$target.target"
    done
    for program in usr/bin/cage bin/kill usr/bin/systemctl; do
        mkdir -p "$root/${program%/*}"
        printf '#!/bin/sh\n' >"$root/$program" && chmod 755 "$root/$program"
    done
    for unit in "$units"/osseo-*; do
        check "systemd understands ${unit##*/}" sh -c "systemd-analyze --root='$root' verify '$unit' 2>&1 | \
            grep -F '${unit##*/}:' >'$root/faults'; cat '$root/faults'; ! [ -s '$root/faults' ]"
    done
    check 'systemd finds the service exposed by 1.5 at most' sh -c "systemd-analyze --root='$root' --offline=true \
        --threshold=15 security osseo-kiosk.service | tail -n 1"
    echo "# $(systemd-analyze --root="$root" --offline=true security osseo-kiosk.service | tail -n 1)"
    check 'and fails where it is more' sh -c "! systemd-analyze --root='$root' --offline=true --threshold=1 security osseo-kiosk.service"
fi
check 'it can be taken away again, but for settings' sh -c "make --no-print-directory -s uninstall-kiosk DESTDIR='$root' PREFIX=/usr && \
    ! find '$root' -name '*osseo*' ! -path '*/etc/*' -type f | grep . && [ -e '$root/etc/osseo/clinic.conf' ]"
rm -f "$root.log"
exit $status
