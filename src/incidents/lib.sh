# What the incidents share. Sourced by iN/play; each is called as: play leaky|repaired
# What is built goes to a folder of its own below $BUILD; what is started ends with the script, also when that is told to end.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mode=${1:-leaky}
case "$mode" in leaky | repaired) ;; *) echo "usage: $0 leaky|repaired" >&2; exit 2 ;; esac
BUILD=${BUILD:-${TMPDIR:-/tmp}/fdsentry-incidents}/$(basename "$here")
mkdir -p "$BUILD"
started=
end() {
    for pid in $started; do kill "$pid" 2>/dev/null || true; done
    wait
}
trap end EXIT
trap 'exit 0' TERM INT HUP

need() { # PROGRAM...
    for program in "$@"; do
        command -v "$program" >/dev/null || { echo "$0: missing: $program" >&2; exit 1; }
    done
}

go_program() { # NAME: builds NAME.go as $BUILD/NAME
    need go
    (cd "$here" && CGO_ENABLED=0 GOFLAGS=-mod=mod go build -trimpath -o "$BUILD/$1" "$1.go")
}

limit() { # N: what is started from here on may have so many descriptors, or what the machine allows where that is less
    most=$(ulimit -Hn)
    if [ "$most" = unlimited ] || [ "$most" -ge "$1" ]; then ulimit -n "$1"; fi
}

start() { # PROGRAM ARGUMENT...: in the background, until the end of the script, also where that is killed
    setpriv --pdeathsig TERM "$@" &
    started="$! $started"
}

await_port() { # ADDRESS PORT: until somebody listens there, a minute at most
    for _ in $(seq 600); do
        timeout 1 bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$1" "$2" 2>/dev/null && return
        sleep 0.1
    done
    echo "$0: nobody listens on $1:$2" >&2
    exit 1
}
