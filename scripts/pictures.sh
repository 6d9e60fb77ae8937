#!/bin/sh
# Takes every picture of the docs from the real thing: the leak of `fdsentry demo`, which a Prometheus scrapes. Five minutes.
# Needs target/fdsentry and chromium; for the dashboards, Prometheus, node and npm.
set -eu
cd "$(dirname "$(readlink -f "$0")")/.."
pictures=docs/pictures
daemon=127.0.0.1:10999
prometheus=127.0.0.1:10998
work=$(mktemp -d)
started=""
finish() {
    for pid in $started; do kill "$pid" 2>/dev/null || true; done
    for pid in $started; do wait "$pid" 2>/dev/null || true; done
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM

PATH="${XDG_CACHE_HOME:-$HOME/.cache}/fdsentry-tools/prometheus/usr/bin:$PATH"
cp deploy/prometheus/fdsentry.rules.yml "$work"
cat >"$work/prometheus.yml" <<CONFIG
global: {scrape_interval: 2s, scrape_timeout: 2s, evaluation_interval: 1s}
rule_files: [fdsentry.rules.yml]
scrape_configs: [{job_name: fdsentry, static_configs: [{targets: ['$daemon']}]}]
CONFIG
prometheus --config.file="$work/prometheus.yml" --storage.tsdb.path="$work/data" --web.listen-address="$prometheus" 2>"$work/prometheus.log" &
started="$!"
target/fdsentry/bin/fdsentry demo --hold=900 --web.listen-address="$daemon" >"$work/demo.txt" &
demo=$!
started="$started $demo"
until grep -q "The leak goes on" "$work/demo.txt"; do
    kill -0 "$demo" || { echo "the demo has ended: $(cat "$work/demo.txt")" >&2; exit 1; }
    sleep 1
done
holder=$(sed -n 's/.*ruler, process \([0-9]*\),.*/\1/p' "$work/demo.txt")
sed '/The leak goes on/,$d' "$work/demo.txt" >"$work/told.txt"
# Curves to look at, and what rules record of the last minutes.
sleep 150

shot() { # URL FILE WIDTH HEIGHT
    timeout 90 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
        --disable-component-update --disable-sync --hide-scrollbars --user-data-dir="$work/chromium" --window-size="$3,$4" \
        --virtual-time-budget=6000 --screenshot="$2" "$1" >/dev/null 2>&1
}
terminal() { # COMMAND FILE HEIGHT, its output on standard input
    {
        echo '<meta charset="utf-8"><body style="margin:0;background:#14171c"><pre style="margin:0;padding:20px;color:#d7dce2;font:14px DejaVu Sans Mono">'
        echo "<b style=\"color:#7fd1b9\">\$ $1</b>"
        sed 's/&/\&amp;/g; s/</\&lt;/g
            s/^.*CONFIRMED$\|^.*URGENT$\|^  ! .*/<b style="color:#ff8a7a">&<\/b>/
            /^ *[0-9]* s /!s/^    [^ ].*/<b style="color:#ff8a7a">&<\/b>/'
        echo '</pre>'
    } >"$work/terminal.html"
    shot "file://$work/terminal.html" "$pictures/$2" 960 "$3"
}
shot "http://$daemon/" "$pictures/page.png" 1280 640
shot "http://$daemon/#$holder" "$pictures/process.png" 1280 1060
terminal "fdsentry demo" demo.png 680 <"$work/told.txt"
NO_COLOR=1 script -qec "stty cols 110; target/fdsentry/bin/fdsentry inspect --pid $holder --web.listen-address=$daemon" /dev/null |
    tr -d '\r' >"$work/inspect.txt"
terminal "fdsentry inspect --pid $holder" inspect.png 480 <"$work/inspect.txt"
scripts/dashboards.sh draw "http://$prometheus" "$pictures" 180 ruler
