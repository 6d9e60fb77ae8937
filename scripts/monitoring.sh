#!/bin/sh
# Writes what deploy/k8s/monitoring and deploy/helm take from elsewhere: the rules of deploy/prometheus as a
# PrometheusRule, and the list of dashboards in grafana/. Run it after changing either; a test holds them equal.
#   monitoring.sh [--check]       --check changes nothing and ends with 1 where something is out of date
set -eu
cd "$(dirname "$(readlink -f "$0")")/.."
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

rule() { # NAME FILE
    cat <<RULE
# From deploy/prometheus/$2 by scripts/monitoring.sh; change that file, not this one.
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: $1
spec:
RULE
    sed -e '/^#/d' -e 's/^\(.\)/  \1/' "deploy/prometheus/$2"
}

dashboards() {
    cat <<'DASHBOARDS'
# The dashboards as config maps; Grafana's sidecar finds them by their label. Written by scripts/monitoring.sh.
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
generatorOptions:
  disableNameSuffixHash: true
  labels:
    grafana_dashboard: "1"
configMapGenerator:
DASHBOARDS
    for file in grafana/*.json; do
        name=$(basename "$file" .json)
        printf '  - name: fdsentry-dashboard-%s\n    files: [%s.json]\n' "${name#fdsentry-}" "$name"
    done
}

place() { # FROM TO
    if [ "${check:-}" = 1 ]; then
        cmp -s "$1" "$2" || { echo "monitoring.sh: $2 is out of date; run scripts/monitoring.sh" >&2; stale=1; }
    else
        cp "$1" "$2"
    fi
}

[ "${1:-}" != --check ] || check=1
stale=0
rule fdsentry fdsentry.rules.yml >"$out/rules"
place "$out/rules" deploy/k8s/monitoring/fdsentry.rules.yaml
rule fdsentry-history fdsentry-history.rules.yml >"$out/history"
place "$out/history" deploy/k8s/monitoring-history/fdsentry-history.rules.yaml
if ls grafana/*.json >/dev/null 2>&1; then
    dashboards >"$out/dashboards"
    place "$out/dashboards" grafana/kustomization.yaml
fi
exit $stale
