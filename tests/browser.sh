#!/bin/sh
# tests/browser.sh -- the kiosk page in Chromium; pictures go to build/screens/.
set -eu
mkdir -p build/browser
rm -rf build/browser/server-*
cp tests/browser/package.json tests/browser/package-lock.json tests/browser/.npmrc build/browser/
# Packages are fetched once; a changed lock file fetches them anew.
if ! cmp -s tests/browser/package-lock.json build/browser/installed; then
    (cd build/browser && npm ci >/dev/null)
    cp tests/browser/package-lock.json build/browser/installed
fi
exec node tests/browser/run.js
