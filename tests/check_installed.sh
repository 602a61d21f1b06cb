#!/bin/bash
# Installs the build into a scratch folder and uses what is there as a stranger would: check_installed.sh BUILD [FLAGS]
# FLAGS are those that programs have to be compiled with to run with this build (sanitizers).
set -euo pipefail
build=$1 flags=${2:-}
source=${TEST_SOURCE_DIR:?}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
unset ORGFLOW_LAYOUT_PROGRAM # what is installed finds what is installed
fail() {
    echo "installed: $*"
    exit 1
}

cmake --install "$build" --prefix "$scratch/tree" >install.log
tree=$scratch/tree
mv "$tree" "$scratch/elsewhere" # it may stand anywhere
tree=$scratch/elsewhere
cp "$source/graphs/quickstart.yaml" .
"$tree/bin/orgflow" render -q quickstart.yaml -v moves -o command.svg
PKG_CONFIG_PATH=$(dirname "$(find "$tree" -name orgflow.pc)")
LD_LIBRARY_PATH=$(dirname "$PKG_CONFIG_PATH")
layout=$(find "$tree" -name orgflow-layout)
export PKG_CONFIG_PATH LD_LIBRARY_PATH
[ "$(pkg-config --modversion orgflow)" = "$("$tree/bin/orgflow" version | sed 's/orgflow //')" ] || fail "the version of orgflow.pc"
[ "$(realpath "$(pkg-config --variable=layoutprogram orgflow)")" = "$layout" ] || fail "the layout program of orgflow.pc"

cp -R "$source/examples/pkg_config" "$source/examples/find_package" .
CFLAGS="$flags -Werror" LDFLAGS=$flags make -s -C pkg_config
pkg_config/check_and_draw quickstart.yaml shared.svg
ORGFLOW_LAYOUT_PROGRAM=$layout pkg_config/check_and_draw_static quickstart.yaml static.svg
cmp shared.svg static.svg
"$tree/bin/orgflow" render -q quickstart.yaml -v moves --size 16:9 -o sized.svg
cmp shared.svg sized.svg
if ldd pkg_config/check_and_draw_static | grep -q liborgflow; then
    fail "the static program needs the shared library"
fi

cmake -S find_package -B find_package/build -DCMAKE_PREFIX_PATH="$tree" -DCMAKE_C_FLAGS="$flags" >cmake.log || { cat cmake.log; exit 1; }
cmake --build find_package/build >cmake.log || { cat cmake.log; exit 1; }
find_package/build/four_threads quickstart.yaml
ORGFLOW_LAYOUT_PROGRAM=$layout find_package/build/four_threads_static quickstart.yaml

# The manual pages, the completions, the reference and the schema.
for command in $("$tree/bin/orgflow" help | sed -n '/^Commands:/,/^$/ s/^  \([a-z]*\) .*/\1/p'); do
    zcat "$tree/share/man/man1/orgflow.1.gz" | grep -qx ".SS $command" || fail "the manual page lacks $command"
done
for page in "$tree/share/man/man1/orgflow.1.gz" "$tree/share/man/man5/orgflow-format.5.gz"; do
    if command -v man >/dev/null && [ -e /usr/bin/groff ]; then
        [ -z "$(man --warnings -E UTF-8 -l -Tutf8 -Z "$page" 2>&1 >/dev/null)" ] || fail "groff warns of $page"
    fi
    if command -v mandoc >/dev/null; then
        zcat "$page" >page
        # The pages bear no date: the same sources give the same bytes.
        if mandoc -T lint -W warning page | grep -v 'missing date'; then
            fail "mandoc warns of $page"
        fi
    fi
done
for file in share/bash-completion/completions/orgflow share/zsh/site-functions/_orgflow share/fish/vendor_completions.d/orgflow.fish; do
    [ -s "$tree/$file" ] || fail "there is no $file"
done
cmp "$tree/share/orgflow/orgflow.schema.json" <("$tree/bin/orgflow" schema)
grep -q 'id="orgflow_job_run"' "$(find "$tree" -name reference.html)" || fail "the reference page lacks orgflow_job_run"
echo "installed: all works from there"
