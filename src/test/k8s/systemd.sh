# Runs where systemd is the first process: fdsentry as deploy/systemd says, beside a program of another user.
unit=/opt/fdsentry/deploy/systemd/fdsentry.service
get() {
    busybox wget -q -O - "http://127.0.0.1:10177$1"
}
await() { # WHAT COMMAND...
    what=$1
    shift
    for _ in $(busybox seq 120); do
        if "$@" >/tmp/said 2>&1; then return 0; fi
        sleep 1
    done
    echo "never: $what: $(cat /tmp/said)"
    return 1
}
shows() { # REGEX: of the exposition
    get /metrics >/tmp/metrics && grep -Eq "$1" /tmp/metrics
}
restarted() {
    now=$(systemctl show -P MainPID fdsentry)
    [ "$now" != 0 ] && [ "$now" != "$pid" ]
}

cat >/app.pl <<'APP'
use IO::Socket::INET;
my $server = IO::Socket::INET->new(LocalAddr => '127.0.0.1:8006', Listen => 64) or die;
my @kept = map { (IO::Socket::INET->new(PeerAddr => '127.0.0.1:8006'), scalar $server->accept) } 1 .. 5;
sleep 100000;
APP
systemd-run -q --unit=app --uid=nobody --gid=nogroup /usr/bin/perl /app.pl
mkdir -p /etc/fdsentry
cat >/etc/fdsentry/config.yaml <<'CONFIG'
sampling: {interval: 1s, budget: 0.9}
targets:
  - {name: app, match: {cmdline: /usr/bin/perl /app.pl}}
evidence: {directory: /var/lib/fdsentry/evidence}
state: {directory: /var/lib/fdsentry/state}
CONFIG
install -m 644 "$unit" /etc/systemd/system/
systemctl daemon-reload
systemctl start fdsentry || exit 1
await "the app" shows 'fdsentry_process_tcp_sockets\{.*target="app".*\} 10' || journalctl -u fdsentry -o cat --no-pager
grep -E '^fdsentry_process_(access_tier|probe_success|open_fds|tcp_sockets)\{.*target="app"' /tmp/metrics
grep -E '^fdsentry_process_open_fds|^process_resident' /tmp/metrics
pid=$(systemctl show -P MainPID fdsentry)
grep -E '^(Uid|CapEff|CapBnd|CapAmb|NoNewPrivs|Seccomp):' "/proc/$pid/status"
echo "bounds: $(systemctl show -P MemoryMax fdsentry) $(systemctl show -P TasksMax fdsentry)"
sed -i 's/name: app/name: renamed/' /etc/fdsentry/config.yaml
systemctl reload fdsentry
await "the reload" shows 'fdsentry_process_open_fds\{.*target="renamed"' && echo "reloaded: yes"
/opt/fdsentry/bin/fdsentry inspect | head -n 5
kill -9 "$pid"
await "the restart" restarted
await "the app again" shows 'target="renamed"' && echo "restarts: $(systemctl show -P NRestarts fdsentry)"
before=$(busybox date +%s)
systemctl stop fdsentry
echo "stopped: $(systemctl show -P Result fdsentry) $(systemctl show -P ExecMainCode fdsentry) $(systemctl show -P ExecMainStatus fdsentry) after $(($(busybox date +%s) - before)) s"
stat -c 'state: %a %U' /var/lib/fdsentry
systemd-analyze security --no-pager fdsentry | tail -n 1
journalctl -u fdsentry -o cat --no-pager | grep -v level=info | head -n 20
systemctl is-active app
