# Runs in a machine of scripts/vm.sh: two processes whose descriptors are known, and one look of fdsentry at them.
. /steps.sh
touch /tmp/gone
sh -c 'exec 3</dev/null 4</proc/version 5</tmp/gone 6<&4; exec sleep 1000' &
holder=$!
nc -l -p 4711 -e true &
listener=$!
sleeps() { [ "$(cat /proc/$holder/comm)" = sleep ]; }
listens() { grep -q :1267 /proc/net/tcp /proc/net/tcp6; }
await 300 "the process with the files" sleeps
await 300 "the process that listens" listens
rm /tmp/gone
printf 'targets:\n  - {name: holder, match: {pid: %d}}\n  - {name: listener, match: {pid: %d}}\n' $holder $listener >/tmp/fdsentry.yaml
echo "truth: size=$(stat -c %s /proc/$holder/fd) holder=$(ls /proc/$holder/fd | wc -l) listener=$(ls /proc/$listener/fd | wc -l)"
step "one look"
JAVA_HOME=/java /fdsentry/bin/fdsentry run --once --config.file=/tmp/fdsentry.yaml
