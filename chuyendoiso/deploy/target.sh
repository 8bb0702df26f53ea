# Runs where the site is served, by sh, on this machine or over SSH. Arguments: action, folder, base path of the site, seconds to wait for
# the lock, holder of the lock (JSON), how many releases stay.
#
# One run is one critical section: the lock is held from the first step to the last, by the commands that are started here, too, and a run ends
# with its connection. In the folder, `www` is a link to a release, releases/000012, which holds the site below its base path. Beside a release
# lie its list (000012.list: SHA-256 and path of each file) and its mark (000012.mark: the hash of the list; on line 2, the base path).
# releases/staging is the release to come, also after an interruption.
#
# Needs sh, coreutils, findutils, tar and flock, as in Debian. Exit status: 3 there is no older release, 4 the older release has another base
# path, 5 files are not as listed, 75 another process holds the lock.
set -eu
umask 022 # the web server's user reads what is made here
LC_ALL=C
export LC_ALL
action=$1 folder=$2 base=$3 wait=$4 holder=$5 keep=$6
staging=releases/staging

numbers() { # of all releases, the oldest first
    ls releases | grep -E '^[0-9]{6}$' | sort || true
}

next_number() {
    printf '%06d' "$(numbers | tail -n 1 | awk '{ last = $1 } END { print last + 1 }')"
}

shown() { # the number of the release that is shown; nothing if there is none
    if [ -L www ]; then basename "$(readlink www)"; fi
}

mark_of() { # a line of a release's mark
    sed -n "$2p" "releases/$1.mark" 2>/dev/null || true
}

copy_tree() { # by hard links, if the file system has them
    cp -al "$1" "$2" 2>/dev/null || { rm -rf "$2" && cp -a "$1" "$2"; }
}

show() { # a release, by one rename
    ln -sfn "releases/$1" www.new
    mv -T www.new www
}

wrong() { # files of a list that a tree does not have as they are listed; fails if it cannot be told
    list=$(realpath "$2") status=0
    (cd "$1" && sha256sum --check --strict --quiet "$list" 2>/dev/null) >releases/checked.partial || status=$?
    if [ "$status" -gt 1 ] || { [ "$status" = 1 ] && [ ! -s releases/checked.partial ]; }; then
        echo "sha256sum: cannot check $1" >&2
        return 1
    fi
    sed 's/: FAILED\( open or read\)\{0,1\}$//' releases/checked.partial
}

differences() { # between a tree and a list, into a file
    wrong "$1" "$2" >releases/differences.partial
    foreign "$1" "$2" >>releases/differences.partial
}

foreign() { # files of a tree that a list does not have
    cut -c 67- "$2" | sort >releases/listed.partial
    (cd "$1" && find . -mindepth 1 ! -type d -printf '%P\n') | sort | comm -13 releases/listed.partial -
}

count() { # files and bytes of a tree
    find "$1" -type f -printf '%s\n' | awk '{ bytes += $1 } END { printf "%d %.0f\n", NR, bytes }'
}

clean() { # what runs that died left, but for staging, which the next one completes: who holds the lock knows that nobody writes there
    rm -rf releases/*.partial www.new www.old
}

convert() { # once: formerly www was a folder, with the link below it at the site's base path, and a release had no base path
    if [ -L www ] || [ ! -e www ]; then return 0; fi
    if [ -n "$(find www ! -type d ! -type l | head -n 1)" ]; then
        echo 'www: foreign files' >&2
        return 1
    fi
    link=$(find www -type l ! -name '*.new' | head -n 1)
    if [ -n "$link" ]; then
        path=${link#www/}
        now=$(basename "${link%"$path"}$(readlink "$link" | sed "s,/$path\$,,")")
        for number in $(numbers); do
            if [ ! -d "releases/$number/$path" ]; then
                mkdir -p "releases/$number.partial/$(dirname "$path")"
                copy_tree "releases/$number" "releases/$number.partial/$path"
                name=$number
                if [ "$number" = "$now" ]; then name=$(next_number); else rm -rf "releases/$number"; fi
                printf '%s\n/%s\n' "$(mark_of "$number" 1)" "$path" >"releases/$name.mark"
                mv -T "releases/$number.partial" "releases/$name"
                if [ "$number" = "$now" ]; then
                    ln -sfn "$(dirname "$(readlink "$link")")/$name/$path" "$link.new"
                    mv -T "$link.new" "$link"
                    rm -rf "releases/$number" "releases/$number.mark"
                    now=$name
                fi
            fi
        done
        ln -sfn "releases/$now" www.new
        mv -T --exchange www.new www 2>/dev/null || { mv -T www www.old && mv -T www.new www; }
    fi
    if [ ! -L www ]; then mv -T www www.old; fi
    rm -rf www.new www.old
}

refuse() { # what is not as it is listed
    printf '%d: %s\n' "$(wc -l <releases/differences.partial)" "$(head -n 1 releases/differences.partial)" >&2
    exit 5
}

deploy() {
    read -r mark size
    head -c "$size" >releases/list.partial
    [ "$(wc -c <releases/list.partial)" = "$size" ]
    now=$(shown)
    if [ -n "$now" ] && [ "$(mark_of "$now" 1)" = "$mark" ]; then
        differences "releases/$now" releases/list.partial
        if [ ! -s releases/differences.partial ]; then
            printf 'same %s %s\n' "$now" "$(count "releases/$now")"
            return 0
        fi
    fi
    newest=$(numbers | tail -n 1)
    if [ ! -d "$staging" ]; then
        mkdir "$staging.partial"
        if [ -n "$newest" ]; then rmdir "$staging.partial" && copy_tree "releases/$newest" "$staging.partial"; fi
        mv -T "$staging.partial" "$staging"
    fi
    find "$staging" -depth \( ! -type d ! -type f -o -name '*
*' \) -exec rm -rf {} +
    foreign "$staging" releases/list.partial | (cd "$staging" && tr '\n' '\0' | xargs -0 -r rm -f --)
    find "$staging" -mindepth 1 -type d -empty -delete
    wrong "$staging" releases/list.partial >releases/missing.partial
    printf 'missing %d\n' "$(wc -l <releases/missing.partial)"
    cat releases/missing.partial
    if [ -s releases/missing.partial ]; then
        # a file is unlinked first: it may be a hard link to an older release's
        tar -x -f - -C "$staging" --unlink-first --no-same-owner --no-same-permissions
    fi
    find "$staging" -type d ! -perm 755 -exec chmod 755 {} +
    find "$staging" -type f ! -perm -444 -exec chmod 644 {} +
    differences "$staging" releases/list.partial
    if [ -s releases/differences.partial ]; then
        rm -rf "$staging"
        refuse
    fi
    sync -f "$staging"
    new=$(next_number)
    printf '%s\n%s\n' "$mark" "$base" >"releases/$new.mark"
    mv releases/list.partial "releases/$new.list"
    mv -T "$staging" "releases/$new"
    show "$new"
    printf 'shown %s %s\n' "$new" "$(count "releases/$new")"
    numbers | head -n "-$keep" | while read -r old; do
        if [ "$old" != "$new" ]; then rm -rf "releases/$old" "releases/$old.mark" "releases/$old.list"; fi
    done
}

back() {
    before=$(numbers | awk -v now="$(shown)" '$1 < now' | tail -n 1)
    if [ -z "$before" ]; then return 3; fi
    if [ "$(mark_of "$before" 2)" != "$base" ]; then return 4; fi
    if [ -f "releases/$before.list" ]; then
        differences "releases/$before" "releases/$before.list"
        if [ -s releases/differences.partial ]; then refuse; fi
    fi
    show "$before"
    printf 'shown %s %s\n' "$before" "$(count "releases/$before")"
}

mkdir -p "$folder/releases"
cd "$folder"
exec 9>>lock
flock -E 75 -w "$wait" 9 || {
    status=$?
    if [ "$status" = 75 ]; then printf 'busy\n%s\n' "$(cat lock)"; fi
    exit "$status"
}
printf '%s\n' "$holder" >lock || true
printf 'ready\n'
clean
convert
"$action"
clean
: >lock || true
