#!/bin/sh
# Run the project on a bare Debian: debootstrap one release into .bare/, clone HEAD there, then `make html`, `make editor` and `make test`.
# Usage: scripts/bare.sh SUITE…   The suites are the stable release that the guide names and the next one. Needs root and debootstrap.
# In the last suite the tests run in surroundings that none should depend on: time zone, locale, umask, proxy, git's configuration, one typeface.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

if [ "$(id -u)" != 0 ]; then
    say 'make bare dựng một máy Debian trống bằng debootstrap và chroot nên cần quyền quản trị. Cách sửa: chạy lại bằng root.'
    exit 2
fi
if ! command -v debootstrap >/dev/null 2>&1; then
    say 'Chưa có debootstrap. Cách sửa: apt-get install debootstrap, rồi chạy lại.'
    exit 2
fi

# The mirror and the certificates that this machine uses, for it may reach no other.
mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list 2>/dev/null |
    sed -n -e 's/^URIs: *\([^ ]*\).*/\1/p' -e 's/^deb \(\[[^]]*\] \)\?\([^ ]*\).*/\2/p' | grep '/debian/\?$' | head -n 1)
certificates=${SSL_CERT_FILE:-${PIP_CERT:-${NODE_EXTRA_CA_CERTS:-}}}

# The environment of a new machine, with this one's way to the package registries alone.
run_inside() {
    root=$1
    shift
    set -- HOME=/root LANG=C.UTF-8 "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" "$@"
    for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY PIP_INDEX_URL npm_config_registry; do
        value=$(printenv "$name" || true)
        [ -z "$value" ] || set -- "$name=$value" "$@"
    done
    if [ -n "$certificates" ]; then
        for name in SSL_CERT_FILE PIP_CERT NODE_EXTRA_CA_CERTS REQUESTS_CA_BUNDLE; do
            set -- "$name=/etc/registry-certificates.crt" "$@"
        done
    fi
    # mounts and processes end with this command, however it ends
    # shellcheck disable=SC2016 - for the shell inside
    unshare --mount --pid --fork --kill-child sh -c '
        root=$1; shift
        mount -t proc proc "$root/proc"
        mount --rbind /sys "$root/sys"
        mount --rbind /dev "$root/dev"
        exec chroot "$root" env -i "$@"' sh "$root" "$@"
}

for suite in "$@"; do
    last=$suite
done

for suite in "$@"; do
    root=.bare/$suite
    rm -rf --one-file-system "$root"
    mkdir -p "$root"
    say "== Debian $suite: debootstrap"
    # shellcheck disable=SC2086 - no mirror is no argument
    debootstrap --variant=minbase --include=python3,make,git "$suite" "$root" $mirror >"$root.log" 2>&1 ||
        { tail -n 20 "$root.log" >&2; exit 1; }
    cp /etc/resolv.conf /etc/hosts "$root/etc/"
    [ -z "$certificates" ] || cp "$certificates" "$root/etc/registry-certificates.crt"
    git clone --quiet --no-hardlinks . "$root/srv/project"
    run_inside "$root" sh -c '
        set -eu
        cd /srv/project
        git config user.name "Biên tập viên"
        git config user.email bien-tap@tinh.gov.vn
        echo "== make html"
        make html
        echo "== make editor"
        make editor >/tmp/editor.log 2>&1 &
        editor=$!
        answers="import urllib.request as u; print(u.urlopen(\"http://127.0.0.1:8000/bien-tap/\", timeout=5).status)"
        until python3 -c "$answers" 2>/dev/null; do
            kill -0 "$editor" 2>/dev/null || { cat /tmp/editor.log; exit 1; }
            sleep 1
        done
        kill "$editor"
        echo "== make test"
        make .venv/.ready-tests
        if [ "$1" = odd ]; then
            umask 077
            export TZ=Pacific/Auckland LC_ALL=tr_TR.UTF-8 HOME=/tmp/home
            export http_proxy=http://127.0.0.1:9 https_proxy=http://127.0.0.1:9 HTTP_PROXY=http://127.0.0.1:9 HTTPS_PROXY=http://127.0.0.1:9
            mkdir -p "$HOME"
            git config --global core.autocrlf true
            git config --global core.hooksPath /nonexistent
            git config --global commit.gpgSign true
            git config --global color.ui always
            git config --global --add safe.directory "*"
            export FONTCONFIG_FILE=/etc/fonts/one.conf
            printf "<?xml version=\"1.0\"?><fontconfig><dir>/usr/share/fonts/truetype/noto</dir></fontconfig>" >"$FONTCONFIG_FILE"
        fi
        make test
        git status --porcelain | { ! grep .; }' sh "$([ "$suite" = "$last" ] && echo odd || echo usual)" || { say "== Debian $suite: hỏng"; exit 1; }
    say "== Debian $suite: tốt"
    rm -rf --one-file-system "$root"
done
