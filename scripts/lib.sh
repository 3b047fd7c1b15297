# shellcheck shell=bash
# What the scripts beside this file share: finding programs, building the environment.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export PYTHONPATH="$PWD/src${PYTHONPATH:+:$PYTHONPATH}"
export DJANGO_SETTINGS_MODULE="${DJANGO_SETTINGS_MODULE:-kith.config.base}"

say() { printf '%s\n' "== $*" >&2; }

stop() {
    printf '\nKith cannot go on: %s\n' "$1" >&2
    shift
    printf '  %s\n' "$@" >&2
    exit 1
}

digest() { cat "$@" 2>/dev/null | sha256sum | cut -c1-16; }

# Prints the first Python that is new enough.
python_command() {
    local name
    for name in "${KITH_PYTHON:-}" python3.11 python3 python3.12 python3.13; do
        [ -n "$name" ] && command -v "$name" >/dev/null || continue
        "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
        echo "$name"
        return
    done
    stop "Python 3.11 or newer was not found." \
        "Debian 12:  apt install python3 python3-venv" \
        "Elsewhere:  set KITH_PYTHON to the path of a newer Python."
}

# need_environment LOCKFILE: .venv with exactly what the lock file says.
need_environment() {
    local lock=$1 stamp python
    stamp=".venv/kith-$(basename "$lock" .txt)-$(digest "$lock")"
    if [ -e "$stamp" ] && .venv/bin/python -c '' 2>/dev/null; then return; fi
    python=$(python_command)
    if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
        "$python" -c 'import ensurepip, venv' 2>/dev/null || stop \
            "this Python cannot make virtual environments." \
            "Debian 12:  apt install python3-venv"
        say "Making the Python environment in .venv"
        rm -rf .venv
        "$python" -m venv .venv
    fi
    say "Installing Python packages from $lock (a minute or so, the first time)"
    .venv/bin/python -m pip install -qq --disable-pip-version-check --no-compile --require-hashes -r "$lock" ||
        stop "the Python packages could not be installed; what pip says stands above."
    rm -f .venv/kith-"$(basename "$lock" .txt)"-*
    touch "$stamp"
    write_command
}

# .venv/bin/kith, for people who switch the environment on. A shared environment is left alone.
write_command() {
    [ -L .venv ] && return
    printf '#!/bin/sh\nexec "%s/bin/kith" "$@"\n' "$PWD" >.venv/bin/kith
    chmod +x .venv/bin/kith
}

need_node() {
    command -v node >/dev/null && command -v npm >/dev/null || stop \
        "Node.js 20 or newer, with npm, was not found." \
        "Debian 12 has Node 18; version 20 comes from nodejs.org or your package manager."
    local major
    major=$(node -p 'process.versions.node.split(".")[0]')
    [ "$major" -ge 20 ] || stop "Node.js is version $major; 20 or newer is needed." \
        "It comes from nodejs.org or your package manager."
}

need_packages() {
    local packages
    packages="node_modules/.kith-$(digest package-lock.json)"
    if [ -e "$packages" ]; then return; fi
    need_node
    say "Installing front-end packages"
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error ||
        stop "the front-end packages could not be installed; what npm says stands above."
    touch "$packages"
}

# The front-end packages, copied to where Django finds them.
need_assets() {
    local copied="build/.assets-"
    need_packages
    [ -e scripts/build_assets.py ] || return 0
    # What is copied depends on what our pages use: icons, class names, scripts.
    copied+=$(find package-lock.json scripts/build_assets.py src/kith -type f \
        \( -name '*.html' -o -name '*.py' -o -name '*.js' -o -name '*.css' -o -name '*.json' \) \
        -not -path '*/vendor/*' -not -path '*/tests/*' -print0 | sort -z | xargs -0 cat |
        sha256sum | cut -c1-16)
    if [ ! -e "$copied" ] || [ ! -d src/kith/web/static/vendor ]; then
        .venv/bin/python scripts/build_assets.py || stop "the files for the browser were not made."
        mkdir -p build && rm -f build/.assets-* && touch "$copied"
    fi
}

# Hashed and compressed static files, made again when one of them changed.
need_static() {
    local stamp
    stamp=build/.static-$(find src/kith -path '*/static/*' -type f -printf '%p %s %T@\n' |
        sort | sha256sum | cut -c1-16)
    if [ ! -e "$stamp" ] || [ ! -e build/static/staticfiles.json ]; then
        say "Compressing static files"
        rm -rf build/static && mkdir -p build
        # What lies in web/ is the source of the bundles in vendor/.
        .venv/bin/python -m django collectstatic --noinput --verbosity 0 \
            --ignore django_htmx --ignore 'web/*.css' --ignore 'web/*.js'
        rm -f build/.static-* && touch "$stamp"
    fi
}

# may_install PACKAGE...: asks Debian for them when this user may; otherwise says what to do.
may_install() {
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        stop "this is missing for the tests: $*" "Debian 12, as root:  apt install $*"
    fi
    say "Installing $*"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@" >/dev/null ||
        stop "$* could not be installed; what apt says stands above."
}

find_chromium() {
    local name
    for name in "${KITH_CHROMIUM:-}" chromium chromium-browser google-chrome; do
        if [ -n "$name" ] && command -v "$name"; then return; fi
    done
    return 1
}

need_chromium() {
    find_chromium >/dev/null || may_install chromium
    KITH_CHROMIUM=$(find_chromium)
    export KITH_CHROMIUM
}
