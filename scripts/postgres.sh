# shellcheck shell=bash
# A throwaway PostgreSQL for the tests: a folder, a socket, no network; gone with the script.

find_postgres() {
    local folder
    for folder in "$(dirname "$(command -v postgres || echo /nowhere/x)")" \
        $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV); do
        if [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ]; then
            echo "$folder"
            return
        fi
    done
    return 1
}

need_postgres() {
    find_postgres >/dev/null && return
    # Only the programs are wanted, not a server that starts with the machine.
    if [ "$(id -u)" = 0 ] && [ ! -e /etc/postgresql-common/createcluster.conf ]; then
        mkdir -p /etc/postgresql-common
        echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
    fi
    may_install postgresql-15
}

# PostgreSQL refuses to run as root.
as_postgres() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid=nobody --regid=nogroup --clear-groups "$@"
    else
        "$@"
    fi
}

# Sets KITH_TEST_POSTGRES to the URL of the new server.
start_postgres() {
    local programs
    programs=$(find_postgres)
    postgres_folder=$(mktemp -d "${TMPDIR:-/tmp}/kith-pg-XXXXXX")
    if [ "$(id -u)" = 0 ]; then chown nobody:nogroup "$postgres_folder"; fi
    trap stop_postgres EXIT
    trap 'exit 130' INT TERM
    (
        cd /
        as_postgres "$programs/initdb" -D "$postgres_folder/data" -U kith --auth=trust \
            --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$postgres_folder/initdb.log" 2>&1 ||
            { cat "$postgres_folder/initdb.log" >&2 && exit 1; }
        as_postgres "$programs/pg_ctl" -D "$postgres_folder/data" -w -s \
            -l "$postgres_folder/data/server.log" -o "-c listen_addresses= -c fsync=off \
            -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=128MB \
            -c max_wal_size=2GB -c max_connections=100 -k $postgres_folder" start
    ) || stop "PostgreSQL did not start."
    export KITH_TEST_POSTGRES="postgresql://kith@/kith?host=$postgres_folder"
}

stop_postgres() {
    [ -n "${postgres_folder:-}" ] || return 0
    (cd / && as_postgres "$(find_postgres)/pg_ctl" -D "$postgres_folder/data" -m immediate -s stop) ||
        true
    rm -rf "$postgres_folder"
    postgres_folder=
}
