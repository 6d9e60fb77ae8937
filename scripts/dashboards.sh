#!/bin/sh
# Grafana's own code about the dashboards of grafana/. Needs node and npm; its packages (600 MB) go to the tools' folder.
#   dashboards.sh check                      holds them against the types of @grafana/schema
#   dashboards.sh serve PORT PROMETHEUS      draws them in a browser: http://127.0.0.1:PORT/?uid=UID&span=SECONDS&VARIABLE=VALUE
#   dashboards.sh draw PROMETHEUS FOLDER [SECONDS [TARGET]]   draws each with @grafana/ui and the answers of a Prometheus, a PNG
#                                            each: the last seconds, and of a target the dashboard of a process
set -eu
here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
tools="${XDG_CACHE_HOME:-$HOME/.cache}/fdsentry-tools/dashboards"

install() {
    mkdir -p "$tools"
    if ! cmp -s "$here/dashboards/package.json" "$tools/installed.json"; then
        cp "$here/dashboards/package.json" "$tools/package.json"
        (cd "$tools" && npm install --no-audit --no-fund --loglevel=error >&2)
        cp "$tools/package.json" "$tools/installed.json"
    fi
    cp "$here"/dashboards/*.ts "$here"/dashboards/*.tsx "$here"/dashboards/*.mjs "$tools"
}

check() {
    install
    cd "$tools"
    node types.mjs check.ts "$here"/../grafana/*.json
    cat >tsconfig.json <<CONFIG
{"compilerOptions": {"strict": true, "noEmit": true, "skipLibCheck": true, "moduleResolution": "bundler", "module": "esnext",
  "target": "es2022"}, "files": ["check.ts"]}
CONFIG
    node_modules/.bin/tsc -p .
}

bundle() {
    install
    cd "$tools"
    node_modules/.bin/esbuild app.tsx --bundle --outfile=out.js --jsx=automatic --log-level=error \
        --alias:@grafana/ui="$tools/node_modules/@grafana/ui/dist/cjs/index.cjs" \
        --alias:@grafana/data="$tools/node_modules/@grafana/data/dist/cjs/index.cjs" \
        --loader:.ttf=dataurl --loader:.woff=dataurl --loader:.woff2=dataurl --loader:.svg=dataurl \
        --define:process.env.NODE_ENV='"production"'
}

serve() { # PORT PROMETHEUS
    bundle
    exec node serve.mjs "$1" "$2" "$here/../grafana"
}

draw() { # PROMETHEUS FOLDER SECONDS TARGET
    mkdir -p "$2"
    pictures=$(cd "$2" && pwd)
    bundle
    port=${DRAW_PORT:-19095}
    node serve.mjs "$port" "$1" "$here/../grafana" &
    server=$!
    trap 'kill $server' EXIT
    sleep 1
    for file in "$here"/../grafana/*.json; do
        uid=$(basename "$file" .json)
        of="?uid=$uid&span=$3"
        [ "$uid" != fdsentry-process ] || of="$of&target=$4"
        timeout 90 chromium --headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
            --disable-component-update --disable-sync --hide-scrollbars --user-data-dir="$tools/chromium" --window-size=1600,1000 \
            --virtual-time-budget=9000 --screenshot="$pictures/$uid.png" "http://127.0.0.1:$port/$of" >/dev/null 2>&1
    done
}

case "${1:-}" in
    check) check ;;
    serve) serve "$2" "$3" ;;
    draw) draw "$2" "$3" "${4:-300}" "${5:-.*}" ;;
    *) echo "usage: dashboards.sh check | serve PORT PROMETHEUS | draw PROMETHEUS FOLDER [SECONDS [TARGET]]" >&2; exit 2 ;;
esac
