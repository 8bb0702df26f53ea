#!/bin/sh
# Sets up .venv ("runtime": what building needs; "editor", "word" and "trust": what making content, reading Word files, and bills and audits need; "tests", "bench" and "lighthouse": what these need beside). Says what to install where it may not.
set -eu
cd "$(dirname "$0")/.."

PATH="$PATH:/usr/sbin:/sbin" # where Debian has servers

say() { printf '%s\n' "$*" >&2; }

# The first Python of at least 3.11: the one named in PYTHON, else the usual names.
find_python() {
    for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s' "$name"
            return
        fi
    done
    say 'Cần Python 3.11 trở lên. Cách sửa: cài Python (Debian: apt-get install python3 python3-venv), rồi chạy lại.'
    exit 1
}

# Debian packages, installed as root where apt is; else named, and the setup fails.
debian_packages() {
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        say "Cài gói Debian: $*"
        # no server that comes with a package is started (Debian's policy-rc.d): the tests run their own, on loopback
        policy=/usr/sbin/policy-rc.d
        [ -e "$policy" ] && policy='' || printf '#!/bin/sh\nexit 101\n' >"$policy"
        [ -z "$policy" ] || chmod +x "$policy"
        done=0
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } >/dev/null || done=1
        [ -z "$policy" ] || rm -f "$policy"
        [ "$done" = 1 ] || return 0
    fi
    say "Cần các gói Debian: $*"
    say "Cách sửa: chạy với quyền quản trị: apt-get install $*"
    exit 1
}

make_venv() {
    python=$(find_python)
    # Debian splits venv off: the module is there, but not the pip that it installs
    if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
        debian_packages python3-venv
    fi
    # a half-made or moved .venv does not run
    if ! .venv/bin/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        rm -rf .venv
        say "Tạo .venv với $("$python" --version)"
        "$python" -m venv .venv
    fi
}

install() {
    say "Cài các gói Python của $1"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --use-pep517 --prefer-binary --requirement "$@"
}

npm_packages() {
    say "Cài các gói npm của $1/package-lock.json"
    npm ci --prefix "$1" --ignore-scripts --loglevel=error >/dev/null
}

case "$1" in
    runtime)
        make_venv
        install requirements.txt
        touch .venv/.ready
        ;;
    editor)
        if ! command -v npm >/dev/null 2>&1; then
            say 'Trang biên tập cần Node.js. Cách sửa: cài Node.js 18 trở lên (Debian: apt-get install nodejs npm), rồi chạy lại.'
            exit 1
        fi
        npm_packages editor
        touch .venv/.ready-editor
        ;;
    word)
        install requirements-word.txt
        touch .venv/.ready-word
        ;;
    trust)
        install requirements-trust.txt
        touch .venv/.ready-trust
        ;;
    tests)
        install requirements-dev.txt
        install requirements-store.txt --target .venv/store --upgrade
        missing=""
        while read -r command package; do
            case "$command" in '' | '#'*) continue ;; esac
            command -v "$command" >/dev/null 2>&1 || missing="$missing $package"
        done <tests/debian-packages.txt
        # shellcheck disable=SC2086 - a list of words
        [ -z "$missing" ] || debian_packages $missing
        npm_packages tests
        npm_packages editor
        touch .venv/.ready-editor .venv/.ready-tests
        ;;
    lighthouse)
        npm_packages bench
        touch .venv/.ready-lighthouse
        ;;
    bench)
        install requirements-bench.txt
        touch .venv/.ready-bench
        ;;
esac
