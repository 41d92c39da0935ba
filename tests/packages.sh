#!/bin/sh
# The source archive builds and tests without a network, twice to the same bytes, and
# Debian's packages made of it install and run in a Debian of their own.
set -u
cd "$(dirname "$0")/.." || exit 2
out=$PWD/build/tests/packages
root=$PWD/build/tests/debian
rm -rf "$out"
mkdir -p "$out/a" "$out/longer/b"
log=$out/log
. tests/lib/check.sh
# A process without a network, where the system lets us make one.
offline() { if unshare -n true 2>/dev/null; then unshare -n "$@"; else "$@"; fi; }
version=$(sed -n 's/^#define OSSEO_VERSION "\(.*\)"/\1/p' bot/osseo.h)
export MAKEFLAGS= MAKELEVEL=

archive() {
    make -s dist && cp "build/osseo-$version.tar.gz" "$out/first.tar.gz" && sleep 1 && make -s dist &&
        cmp "build/osseo-$version.tar.gz" "$out/first.tar.gz" &&
        tar -xzf "$out/first.tar.gz" -C "$out/a" --strip-components=1 &&
        tar -xzf "$out/first.tar.gz" -C "$out/longer/b" --strip-components=1
}
complete() { # every file of the commit, and what the commit's time is
    git ls-files | LC_ALL=C sort >"$out/tracked"
    (cd "$out/a" && find . -type f ! -name .epoch ! -name .maintainer | cut -c3- | LC_ALL=C sort) | diff "$out/tracked" -
}
builds() { (cd "$out/$1" && offline make -s -j2 deb all unit); }
tests() { (cd "$out/a" && offline sh -c 'build/tests/unit && tests/transcripts.sh build/osseo && tests/embed.sh'); }
alike() {
    for file in osseo osseo-kiosk libosseo.a "libosseo.so.$version" knowledge.osx deb/*.deb; do
        for path in "$out"/a/build/$file; do
            cmp "$path" "$out/longer/b/build/${path#"$out"/a/build/}" || return 1
        done
    done
}
lints() { ! lintian --allow-root "$out"/a/build/deb/*.deb 2>&1 | grep '^E:'; }
check 'the source archive has the same bytes each time' archive
[ -e .git ] && check 'and holds every file' complete
check 'packages and programs are built from it without a network' builds a
check 'and pass their tests there' tests
check 'in another folder, too' builds longer/b
check 'with the same bytes' alike
check 'lintian finds no error in them' lints

# A small Debian, kept for the next time; where none can be fetched the packages are
# unpacked here, and run with this system's libraries.
debian() {
    [ -e "$root/done" ] || {
        rm -rf "$root"
        debootstrap --variant=minbase --include=gcc,libc6-dev,pkg-config,libstemmer-dev,libutf8proc-dev,libreadline8,libinih1,libjansson4,libmicrohttpd12,libqrencode4,libseccomp2,systemd-standalone-sysusers \
            "$(. /etc/os-release && echo "$VERSION_CODENAME")" "$root" && touch "$root/done"
    }
}
packages="osseo libosseo0 libosseo-dev osseo-kiosk"
if [ "$(id -u)" = 0 ] && command -v debootstrap >/dev/null && debian >"$out/debootstrap" 2>&1; then
    inside() { chroot "$root" "$@"; }
    place() {
        cp tests/embed/ask.c build/knowledge.osx "$root/" || return 1
        # shellcheck disable=SC2086  # the list is meant to be split
        inside dpkg --purge $packages >/dev/null 2>&1
        for package in $packages; do cp "$out/a/build/deb/${package}_"*.deb "$root/$package.deb" || return 1; done
        inside dpkg -i osseo.deb libosseo0.deb libosseo-dev.deb osseo-kiosk.deb
    }
    check 'they install in a fresh Debian' place
    check 'the program answers there' sh -c "chroot '$root' osseo ask 'how long do implants last?' | grep -q 'years'"
    check 'a program is built with pkg-config and answers' sh -c "chroot '$root' sh -c 'cc -o /ask /ask.c \$(pkg-config --cflags --libs osseo) && /ask /knowledge.osx' | grep -q implants"
    check 'the kiosk starts there' sh -c "chroot '$root' osseo-kiosk --version | grep -q '$version'"
    # shellcheck disable=SC2086
    check 'they go without leaving anything' sh -c "chroot '$root' dpkg --purge $packages && ! find '$root/usr' '$root/etc' '$root/lib/systemd' -name '*osseo*' | grep ."
else
    tail -n 3 "$out/debootstrap" 2>/dev/null
    place() { for package in $packages; do dpkg-deb -x "$out/a/build/deb/${package}_"*.deb "$out/root" || return 1; done; }
    check 'they are unpacked' place
    check 'the program answers' sh -c "'$out/root/usr/bin/osseo' ask 'how long do implants last?' | grep -q years"
    check 'the kiosk starts' sh -c "'$out/root/usr/bin/osseo-kiosk' --version | grep -q '$version'"
fi
exit $status
