#!/bin/sh
# Holds rules, their tests, and Alertmanager's configuration with the programs they are for: promtool, vmalert, amtool.
# Programs are taken from PATH; missing ones end it with 3. Arguments: parts to run (rules, tests, vmalert, alertmanager).
set -eu
here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
unpacked="${XDG_CACHE_HOME:-$HOME/.cache}/fdsentry-tools"
PATH="$unpacked/prometheus/usr/bin:$unpacked/victoria-metrics/usr/bin:$PATH"

need() {
    command -v "$1" >/dev/null 2>&1 || { echo "check.sh: missing: $1" >&2; exit 3; }
}

rules() {
    need promtool
    promtool check rules --lint=all --lint-fatal "$here"/*.rules.yml
    promtool check config --syntax-only "$here/prometheus.yml"
}

tests() {
    need promtool
    promtool test rules "$here"/tests/*.yml
}

vmalert() {
    need vmalert
    command vmalert -dryRun -loggerLevel=ERROR "-rule=$here/*.rules.yml"
}

alertmanager() {
    need amtool
    "$here/../alertmanager/routes.sh"
}

[ $# -gt 0 ] || set -- rules tests vmalert alertmanager
for part; do
    "$part"
done
