#!/bin/sh
# Takes the pictures of the README from the real thing: a Python program that forgets to close connections its peer has
# closed, watched by fdsentry. Needs target/fdsentry, python3 and chromium; for the dashboards, Prometheus, node and npm.
set -eu
cd "$(dirname "$(readlink -f "$0")")/.."
work=$(mktemp -d)
started=""
finish() {
    for pid in $started; do kill "$pid" 2>/dev/null || true; done
    rm -rf "$work"
}
trap finish EXIT

cat >"$work/forgets.py" <<'LEAK'
import os, resource, socket, threading, time
server = socket.create_server(("127.0.0.1", 8006), backlog=128)
if os.fork() == 0:
    server.close()
    resource.setrlimit(resource.RLIMIT_NOFILE, (2048, 2048))
    kept = []
    while len(kept) < 2000:
        kept.append(socket.create_connection(("127.0.0.1", 8006)))
        time.sleep(0.05)
    time.sleep(600)
    os._exit(0)
healthy = []
while True:
    client, _ = server.accept()
    (healthy.append(client) if len(healthy) < 40 else threading.Timer(0.5, client.close).start())
LEAK
python3 "$work/forgets.py" &
server=$!
started="$server"
sleep 1
holder=$(cut -d' ' -f1 "/proc/$server/task/$server/children")
[ -n "$holder" ] || { echo "the leaking program has not started" >&2; exit 1; }
started="$started $holder"
cat >"$work/config.yaml" <<CONFIG
sampling: {interval: 1s}
targets:
  - {name: checkout, match: {pid: $holder}}
  - {name: payments, match: {pid: $server}}
detection: {time_scale: 25, idle_after: 4h}
CONFIG
target/fdsentry/bin/fdsentry run --config.file="$work/config.yaml" --web.listen-address=127.0.0.1:10999 2>"$work/log" &
started="$started $!"
PATH="${XDG_CACHE_HOME:-$HOME/.cache}/fdsentry-tools/prometheus/usr/bin:$PATH"
cp deploy/prometheus/fdsentry.rules.yml "$work"
cat >"$work/prometheus.yml" <<CONFIG
global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
rule_files: [fdsentry.rules.yml]
scrape_configs: [{job_name: fdsentry, static_configs: [{targets: ['127.0.0.1:10999']}]}]
CONFIG
prometheus --config.file="$work/prometheus.yml" --storage.tsdb.path="$work/data" --web.listen-address=127.0.0.1:10998 2>"$work/prometheus.log" &
started="$started $!"
sleep 90

shot() { # URL FILE WIDTH HEIGHT
    timeout 60 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
        --disable-component-update --disable-sync --hide-scrollbars --user-data-dir="$work/chromium" --window-size="$3,$4" \
        --virtual-time-budget=6000 --screenshot="$2" "$1" >/dev/null 2>&1
}
shot "http://127.0.0.1:10999/" docs/pictures/page.png 1280 560
shot "http://127.0.0.1:10999/#$holder" docs/pictures/process.png 1280 1060

{
    echo '<meta charset="utf-8"><body style="margin:0;background:#14171c"><pre style="margin:0;padding:20px;color:#d7dce2;font:14px DejaVu Sans Mono">'
    echo "<b style=\"color:#7fd1b9\">\$ fdsentry inspect --pid $holder</b>"
    target/fdsentry/bin/fdsentry inspect --pid "$holder" --config.file="$work/config.yaml" --web.listen-address=127.0.0.1:10999 |
        sed 's/&/\&amp;/g; s/</\&lt;/g'
    echo '</pre>'
} >"$work/inspect.html"
shot "file://$work/inspect.html" docs/pictures/inspect.png 960 360
scripts/dashboards.sh draw http://127.0.0.1:10998 docs/pictures
