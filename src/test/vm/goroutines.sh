# Runs in a machine of scripts/vm.sh, as a user where Yama forbids to read the memory of anybody but descendants: the
# goroutines of Go programs of this machine, held against what their own runtime tells (they are descendants); then what
# fdsentry tells of a Go program and of a JVM that are none, and once more where Yama allows it.
. /steps.sh
mkdir -p /etc
echo 'root:x:0:0::/:/bin/sh' >/etc/passwd
echo 'user:x:1000:1000::/tmp:/bin/sh' >>/etc/passwd
echo 'user:x:1000:' >/etc/group
chmod 777 /tmp
export JAVA_HOME=/java
as_user() { # COMMAND
    su user -c "$1"
}
says() { # FILE TEXT
    grep -q "$2" "$1"
}
ends_with() { # FILE: the truth was told, or the JVM is gone
    says "$1" "truth: all" || ! kill -0 "$jvm"
}
echo 1 >/proc/sys/kernel/yama/ptrace_scope

mkfifo -m 666 /tmp/never
sleep 1000 >/tmp/never &
as_user 'exec /programs/waits/1.26' </tmp/never >/tmp/ready &
as_user 'exec /java/bin/java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
    -cp "/fdsentry/lib/*:/classes:/classes/lib/*" io.fdsentry.golang.GoroutineTruth /programs/waits stay' </tmp/never >/tmp/truth 2>&1 &
jvm=$!
await 300 "a Go program" says /tmp/ready ready
await 700 "the end of the comparison" ends_with /tmp/truth
cat /tmp/truth
if ! says /tmp/truth "truth: all"; then
    kill -QUIT $jvm
    sleep 3
    cat /tmp/truth
    exit 1
fi

go=$(grep -l '^1.26' /proc/[0-9]*/comm | cut -d / -f 3)
java=$(grep -l '^java' /proc/[0-9]*/comm | cut -d / -f 3)
printf 'sampling: {interval: 1h}\ntargets:\n  - {name: go, match: {pid: %d}}\n  - {name: jvm, match: {pid: %d}}\n' $go $java >/tmp/fdsentry.yaml
for scope in 1 0; do
    echo $scope >/proc/sys/kernel/yama/ptrace_scope
    step "look: Yama's ptrace_scope is $(cat /proc/sys/kernel/yama/ptrace_scope)"
    echo "truth: fds=$(ls /proc/$go/fd | wc -l) threads=$(ls /proc/$go/task | wc -l)"
    as_user "/fdsentry/bin/fdsentry inspect --local --json --config.file=/tmp/fdsentry.yaml"
done
step "metrics"
echo 1 >/proc/sys/kernel/yama/ptrace_scope
as_user "/fdsentry/bin/fdsentry run --once --config.file=/tmp/fdsentry.yaml 2>&1"
step "looked"
