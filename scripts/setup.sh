#!/bin/sh
# Sets up .venv ("runtime": what building needs; "editor", "word", "trust" and "assistant": what making content, reading Word files, bills and audits, and other assistants need; "tests", "bench" and "lighthouse": what these need beside). Says what to install where it may not.
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
        "$python" -m venv --without-pip .venv
        unpack_pip || .venv/bin/python -m ensurepip
    fi
}

# The pip that comes with Python, as its wheel has it. ensurepip puts setuptools beside it and compiles both: three seconds more.
unpack_pip() {
    .venv/bin/python - <<'PYTHON' 2>/dev/null
import ensurepip, pathlib, sysconfig, zipfile

folders = [pathlib.Path(ensurepip.__file__).parent / "_bundled", sysconfig.get_config_var("WHEEL_PKG_DIR"), "/usr/share/python-wheels"]
wheel = next(wheel for folder in folders if folder for wheel in pathlib.Path(folder).glob("pip-*.whl"))
zipfile.ZipFile(wheel).extractall(sysconfig.get_path("purelib"))
PYTHON
}

install() {
    say "Cài các gói Python của $1"
    # what is imported is compiled then; errors alone: pip warns of each package for each folder of wheels that the machine's own configuration names
    .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes --use-pep517 --prefer-binary --no-compile --requirement "$@"
}

# The Debian packages of a list whose command fails, one a line; what a command prints is for nobody.
missing_of() {
    while read -r package command; do
        case "$package" in '' | '#'*) continue ;; esac
        sh -c "$command" >/dev/null 2>&1 </dev/null || printf '%s\n' "$package"
    done <"$1"
}

# What a list names is there and works, or is installed; what still fails is named with its command.
debian_packages_of() {
    # shellcheck disable=SC2046 - a list of words
    [ -z "$(missing_of "$1")" ] || debian_packages $(missing_of "$1")
    still=$(missing_of "$1")
    [ -z "$still" ] && return
    for package in $still; do
        say "Gói Debian $package đã cài mà lệnh này vẫn hỏng: $(sed -n "s/^$package //p" "$1")"
    done
    exit 1
}

npm_packages() {
    say "Cài các gói npm của $1/package-lock.json"
    npm ci --prefix "$1" --ignore-scripts --loglevel=error >/dev/null
}

case "$1" in
    runtime)
        make_venv
        install requirements.txt
        # as pip makes it, it names this folder, and fails once that is moved or renamed
        printf '#!/bin/sh\nexec "${0%%/*}/python" -m invoke "$@"\n' >.venv/bin/invoke
        touch .venv/.ready
        ;;
    editor)
        [ -z "$(missing_of editor/debian-packages.txt)" ] || say 'Trang biên tập cần Node.js 18 trở lên và npm 9 trở lên.'
        debian_packages_of editor/debian-packages.txt
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
    assistant)
        install requirements-assistant.txt
        touch .venv/.ready-assistant
        ;;
    tests)
        install requirements-dev.txt
        install requirements-store.txt --target .venv/store --upgrade
        debian_packages_of tests/debian-packages.txt
        debian_packages_of editor/debian-packages.txt
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
        npm_packages bench
        touch .venv/.ready-bench
        ;;
esac
