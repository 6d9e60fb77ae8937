# Runs in a machine of scripts/vm.sh: two processes whose descriptors are known, and one look of fdsentry at them.
ln -s busybox /bin/dirname
ln -s busybox /bin/touch
ln -s busybox /bin/stat
ln -s busybox /bin/rm
touch /tmp/gone
sh -c 'exec 3</dev/null 4</proc/version 5</tmp/gone 6<&4; exec sleep 1000' &
holder=$!
nc -l -p 4711 -e true &
listener=$!
until [ "$(cat /proc/$holder/comm)" = sleep ]; do :; done
until grep -q :1267 /proc/net/tcp /proc/net/tcp6; do :; done
rm /tmp/gone
printf 'targets:\n  - {name: holder, match: {pid: %d}}\n  - {name: listener, match: {pid: %d}}\n' $holder $listener >/tmp/fdsentry.yaml
echo "truth: size=$(stat -c %s /proc/$holder/fd) holder=$(ls /proc/$holder/fd | wc -l) listener=$(ls /proc/$listener/fd | wc -l)"
FDSENTRY_JAVA_OPTS=-Xshare:auto JAVA_HOME=/java /fdsentry/bin/fdsentry run --once --config.file=/tmp/fdsentry.yaml
