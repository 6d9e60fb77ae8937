# Runs in a machine of scripts/vm.sh: what the image has, started as the image starts it.
. /steps.sh
export MALLOC_ARENA_MAX=1
step "with a cache that does not fit, Java would not start"
/opt/fdsentry/runtime/bin/java -XX:AOTMode=on @/opt/fdsentry/launch.options /opt/fdsentry/bin/fdsentry --version
step "the daemon"
/opt/fdsentry/bin/fdsentry run --web.listen-address=127.0.0.1:10177 >/tmp/log 2>&1 &
daemon=$!
looked() { grep -q 'msg="first round"' /tmp/log; }
await 300 "the first round" looked
cat /tmp/log
step "a look"
/opt/fdsentry/bin/fdsentry inspect --name busybox
kill -TERM $daemon
wait $daemon
echo "daemon ended with $?"
