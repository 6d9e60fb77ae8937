#!/bin/sh
# amtool's view of the configuration: it is valid, and each alert of the shipped rules reaches the receiver of its severity.
set -eu
here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
amtool check-config "$here/alertmanager.yml" >/dev/null

# The fragments are the same words as the whole.
for fragment in routes inhibit_rules receivers; do
    sed -n 's/^#.*//; /./p' "$here/fragments/$fragment.yml" | while IFS= read -r line; do
        grep -qxF -e "$line" "$here/alertmanager.yml" || { echo "not in alertmanager.yml: $fragment.yml: $line" >&2; exit 1; }
    done
done

awk '/- alert:/ {name = $3} /severity:/ && name {print name, $2; name = ""}' "$here"/../prometheus/*.rules.yml |
    while read -r alert severity; do
        receiver=fdsentry-tickets
        [ "$severity" != critical ] || receiver=fdsentry-pager
        amtool config routes test --config.file="$here/alertmanager.yml" --verify.receivers="$receiver" \
            alertname="$alert" severity="$severity" team=shop namespace=shop workload=checkout target=checkout >/dev/null 2>&1 ||
            { echo "$alert ($severity) does not reach $receiver" >&2; exit 1; }
    done
