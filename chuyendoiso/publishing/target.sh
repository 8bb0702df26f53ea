# What is done where the site is served: run by sh there, on this machine or over SSH. Arguments: what, the target's folder, the site's base
# path, and what that needs. Releases lie in releases/, each under a number; www (and the base path below it) is a link to one of them.
set -eu
umask 022 # the web server's user reads what is made here
what=$1 folder=$2 base=$3
shift 3
link="www$base"

switch() { # to a release, by one rename
    mkdir -p "$(dirname "$link")"
    up=$(printf '%s' "$base" | tr -cd / | sed 's,/,../,g')
    rm -f "$link.new"
    ln -s "${up}releases/$1" "$link.new"
    mv -T "$link.new" "$link"
}

shown() { # the number of the release that is shown; nothing where there is none
    if [ -L "$link" ]; then basename "$(readlink "$link")"; fi
}

numbers() { # of all whole releases, the oldest first
    if [ -d releases ]; then ls releases | grep -E '^[0-9]{6}$' | sort || true; fi
}

case "$what" in
    state) # tell the release that is shown, its mark, and the newest there is
        mkdir -p "$folder/releases"
        cd "$folder"
        now=$(shown)
        printf '%s\n%s\n%s\n' "$now" "$(cat "releases/$now.mark" 2>/dev/null || true)" "$(numbers | tail -n 1)"
        ;;
    show) # a release that was brought whole, with its mark; keep so many
        cd "$folder"
        new=$1 mark=$2 keep=$3
        mv "releases/$new.partial" "releases/$new"
        printf '%s\n' "$mark" >"releases/$new.mark"
        switch "$new"
        numbers | head -n "-$keep" | while read -r old; do
            if [ "$old" != "$new" ]; then rm -rf "releases/$old" "releases/$old.mark"; fi
        done
        ;;
    back) # show the release before the one that is shown
        cd "$folder"
        now=$(shown)
        before=$(numbers | while read -r one; do if [ "$one" \< "$now" ]; then echo "$one"; fi; done | tail -n 1)
        if [ -z "$before" ]; then
            echo 'không còn bản nào cũ hơn để quay lại' >&2
            exit 3
        fi
        switch "$before"
        echo "$before"
        ;;
esac
