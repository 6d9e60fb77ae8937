# Runs in a machine of scripts/vm.sh: the goroutines of Go programs of this machine, held against what their own runtime
# tells; then of a process of the same user where Yama forbids reading its memory, and where it does not.
ln -s busybox /bin/su
ln -s busybox /bin/mkfifo
mkdir -p /etc
echo 'root:x:0:0::/:/bin/sh' >/etc/passwd
echo 'user:x:1000:1000::/tmp:/bin/sh' >>/etc/passwd
echo 'user:x:1000:' >/etc/group
chmod 777 /tmp
look="exec /java/bin/java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto --enable-native-access=ALL-UNNAMED
    -cp /fdsentry/lib/*:/classes:/classes/lib/*"
look=$(echo $look)
for release in $(ls /programs/waits); do
    sh -f -c "$look io.fdsentry.golang.GoroutineTruth /programs/waits/$release $release"
done
mkfifo -m 666 /tmp/ask
su user -c 'exec /programs/crowd 40 0' </tmp/ask >/tmp/answer &
crowd=$!
exec 3>/tmp/ask
until grep -q ready /tmp/answer; do sleep 1; done
for scope in 1 0; do
    echo $scope >/proc/sys/kernel/yama/ptrace_scope
    echo "look: scope $(cat /proc/sys/kernel/yama/ptrace_scope)"
    su user -c "set -f; $look io.fdsentry.golang.GoroutineLook $crowd"
done
