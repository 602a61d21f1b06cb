#!/bin/bash
# Holds a package to what it should hold, and runs the command from the unpacked tree: check_package.sh DEB
# On a bare system it is tried by script/package-test.
set -euo pipefail
package=$(realpath "$1")
source=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
fail() {
    echo "package: $*"
    exit 1
}

dpkg-deb -x "$package" tree
for pattern in usr/bin/orgflow usr/libexec/orgflow/orgflow-layout 'usr/lib/*/liborgflow.so.0' 'usr/lib/*/liborgflow.so' 'usr/lib/*/liborgflow.a' \
    'usr/lib/*/pkgconfig/orgflow.pc' 'usr/lib/*/cmake/orgflow/orgflow-config.cmake' usr/include/orgflow/orgflow.h \
    usr/share/man/man1/orgflow.1.gz usr/share/man/man5/orgflow-format.5.gz usr/share/bash-completion/completions/orgflow usr/share/zsh/site-functions/_orgflow \
    usr/share/fish/vendor_completions.d/orgflow.fish usr/share/orgflow/orgflow.schema.json usr/share/doc/orgflow/reference.html \
    usr/share/doc/orgflow/copyright usr/share/doc/orgflow/changelog.gz usr/share/doc/orgflow/examples/quickstart.yaml; do
    compgen -G "tree/$pattern" >/dev/null || fail "it lacks /$pattern"
done
if grep -rlF "$source" tree; then
    fail "these name folders of the machine it was built on"
fi
for needed in libc6 libglib2.0-0 libgvc libcgraph libcairo2 libpango libyaml; do
    dpkg-deb -f "$package" Depends | grep -q "$needed" || fail "it does not depend on $needed"
done
if readelf -d tree/usr/bin/orgflow | grep -E 'R(UN)?PATH'; then
    fail "the command has a path of its own to the library"
fi
LD_LIBRARY_PATH=$(echo "$scratch"/tree/usr/lib/*/) "$scratch/tree/usr/bin/orgflow" render -q \
    tree/usr/share/doc/orgflow/examples/quickstart.yaml -v moves -o moves.svg
grep -q '</svg>' moves.svg || fail "the unpacked command draws nothing"
if command -v lintian >/dev/null; then
    # One package holds the command and the library: names and places that split ones would have are not for it.
    found=$(lintian --allow-root --fail-on none --suppress-tags no-changelog,package-name-doesnt-match-sonames,link-to-shared-library-in-wrong-package \
        "$package" 2>/dev/null | grep '^E:' || true)
    [ -z "$found" ] || fail "$found"
fi
echo "package: all is in it, and it runs from anywhere"
