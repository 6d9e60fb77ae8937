#!/bin/sh
# Plays an incident of src/incidents, from nothing to the page: its programs, fdsentry as it is packaged, a real Prometheus and a
# real Alertmanager with the shipped rules, and an inbox in the place of the people. Tells what fdsentry knew, and when.
#
#     scripts/incident.sh i1..i8|all                      # leaky, then repaired; writes docs/incidents/iN.md
#     scripts/incident.sh i1..i8|all leaky|repaired       # that one only, and no report
#
# An incident takes three to ten minutes. Needs root for hosts that vanish (i5); what else is missing is named.
set -eu
cd "$(dirname "$(readlink -f "$0")")/.."
case "${1:-} ${2:-both} ${3:-}" in
    i[1-8]\ leaky\  | i[1-8]\ repaired\  | i[1-8]\ both\  | all\ leaky\  | all\ repaired\  | all\ both\ ) ;;
    *) echo "usage: scripts/incident.sh i1..i8|all [leaky|repaired]" >&2; exit 2 ;;
esac
. scripts/toolchain.sh
need_toolchain
out=target/incidents
mkdir -p "$out"
build -q -Dquick -DskipTests package dependency:build-classpath -DincludeScope=test -Dmdep.outputFile="$out/classpath" >&2
exec "$JAVA_HOME/bin/java" -cp "target/test-classes:target/classes:$(cat "$out/classpath")" io.fdsentry.incidents.Story "$@"
