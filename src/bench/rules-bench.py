#!/usr/bin/env python3
"""How long Prometheus takes to evaluate rules once, over many processes: rules-bench.py [PROCESSES] [RULES...]

A real Prometheus with the shipped rules, or with each of the files given in turn, side by side. An hour of history, a sample every 15 s of
what the rules ask for over time, is written into it by remote write, and the last sample of everything else. One process in a hundred is
suspected, half of these confirmed. Ten replicas to a workload; kube-state-metrics' owners are there. The sum of the groups' durations is what
one evaluation of the whole set takes, one group after the other (Prometheus evaluates groups side by side); the processor time is what
Prometheus took in all, its collections included. Then the rules that took longest, and how many samples their expressions touch.
"""
import json
import math
import os
import re
import shutil
import struct
import sys
import time
import urllib.parse
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), '..', 'yardstick'))
sys.dont_write_bytecode = True
import history  # noqa: E402

RULES = os.path.join(history.CHECKOUT, 'deploy', 'prometheus', 'fdsentry.rules.yml')
STEP, PAST, AHEAD = 15, 3720, 540  # Prometheus takes samples of the next ten minutes
EVERY, ROUNDS = 30, 3


def label_bytes(labels):
    return b''.join(history.field(1, history.field(1, k.encode()) + history.field(2, v.encode())) for k, v in sorted(labels.items()))


def points(values, times):
    return b''.join(history.field(2, b'\x09' + struct.pack('<d', v) + t) for v, t in zip(values, times))


def send(prometheus, series):
    body = b''.join(history.field(1, one) for one in series)
    body = history.varint(len(body)) + b'\xfc' + struct.pack('<I', len(body) - 1) + body
    urllib.request.urlopen(urllib.request.Request(prometheus.url + '/api/v1/write', body, {
        'Content-Type': 'application/x-protobuf', 'Content-Encoding': 'snappy', 'X-Prometheus-Remote-Write-Version': '0.1.0'})).close()


def fleet(processes):
    """Labels of each process, and whether it leaks: 0 no, 1 suspected, 2 confirmed."""
    for n in range(processes):
        workload, replica = 'svc-%04d' % (n // 10), n % 10
        pod = '%s-7d9c5b6f8-%sx2x4' % (workload, 'bcdfghjklm'[replica])
        yield {'namespace': 'ns%d' % (n // 1000), 'pod': pod, 'instance': '10.0.%d.%d:10177' % (n // 250, n % 250), 'job': 'fdsentry',
               'target': workload, 'pid': '7'}, (1 + n % 200 // 100 if n % 100 == 0 else 0)


def series(who, leak, steps):
    """Name, further labels and values over the hour of one process."""
    up = [50.0 + leak * 1.6 * i for i in range(steps)]
    flat = [float(leak * 120)] * steps
    yield 'fdsentry_process_open_fds', {}, up
    yield 'fdsentry_process_fds', {'kind': 'socket'}, up
    for reason in ('close_wait', 'closed', 'idle', 'half_open'):
        yield 'fdsentry_process_stale_sockets', {'reason': reason}, flat if reason == 'close_wait' else [0.0] * steps
    yield 'fdsentry_process_max_fds', {}, [1024.0]
    yield 'fdsentry_process_effective_max_fds', {}, [1024.0]
    for state in ('established', 'close_wait', 'closed'):
        yield 'fdsentry_process_tcp_sockets', {'state': state}, [20.0]
    yield 'fdsentry_process_probe_success', {'probe': 'sockets'}, [1.0]
    if leak:
        for resource in ('fds', 'sockets', 'close_wait'):
            yield 'fdsentry_process_leak_state', {'resource': resource}, [float(leak)]
        yield 'fdsentry_process_seconds_to_limit', {'resource': 'fds'}, [7200.0]
        yield 'fdsentry_finding_info', {'resource': 'sockets', 'cause': 'response_body_not_closed', 'role': 'holder', 'peer': '10.9.0.1:8006'}, [1.0]


def around(who):
    """What there is once for each pod."""
    pod = {k: who[k] for k in ('namespace', 'pod')}
    own = dict(pod, job='fdsentry', instance=who['instance'])
    yield 'up', own, 1.0
    yield 'fdsentry_last_sample_timestamp_seconds', own, time.time() + 1800
    yield 'fdsentry_sampling_interval_seconds', own, 15.0
    yield 'fdsentry_config_last_reload_successful', own, 1.0
    yield 'fdsentry_target_processes', dict(own, target=who['target']), 1.0
    yield 'process_start_time_seconds', own, 1.0
    yield 'kube_pod_owner', dict(pod, owner_kind='ReplicaSet', owner_name=who['target'] + '-7d9c5b6f8', owner_is_controller='true'), 1.0
    if who['pod'].endswith('-bx2x4'):
        yield 'kube_replicaset_owner', {'namespace': who['namespace'], 'replicaset': who['target'] + '-7d9c5b6f8', 'owner_kind': 'Deployment',
                                        'owner_name': who['target'], 'owner_is_controller': 'true'}, 1.0
    yield 'kube_pod_container_info', dict(pod, container='main', image='shop/%s:1.0' % who['target']), 1.0


def load(prometheus, processes):
    now = time.time()
    stamps = [b'\x10' + history.varint(round((now + at) * 1000)) for at in range(-PAST, AHEAD, STEP)]
    batch, size, count = [], 0, 0
    for who, leak in fleet(processes):
        own = [(name, dict(who, **more), values) for name, more, values in series(who, leak, len(stamps))]
        own += [(name, labels, [value]) for name, labels, value in around(who)]
        for name, labels, values in own:
            at = stamps if len(values) > 1 else stamps[PAST // STEP:]
            batch.append(label_bytes(dict(labels, __name__=name)) + points(values, at))
            size += len(batch[-1])
            count += 1
        if size > 8_000_000:
            send(prometheus, batch)
            batch, size = [], 0
    send(prometheus, batch)
    return count


def processor_seconds(process):
    with open('/proc/%d/stat' % process.pid) as stat:
        return sum(int(ticks) for ticks in stat.read().rsplit(')', 1)[1].split()[11:13]) / os.sysconf('SC_CLK_TCK')


def evaluations(prometheus):
    """How often all groups have been evaluated, on average: on a loaded machine some are missed."""
    with urllib.request.urlopen(prometheus.url + '/metrics') as answer:
        counts = re.findall(r'prometheus_rule_group_iterations(_missed)?_total\{.*\} (\S+)', answer.read().decode())
    return sum(-float(n) if missed else float(n) for missed, n in counts) / (len(counts) / 2)


def use(prometheus, rules):
    """Has Prometheus forget its rules and take others."""
    with open(os.path.join(prometheus.folder, 'prometheus.yml'), 'w') as config:
        json.dump({'global': {'evaluation_interval': '%ds' % EVERY}, 'rule_files': [os.path.realpath(rules)]}, config)
    urllib.request.urlopen(urllib.request.Request(prometheus.url + '/-/reload', b'')).close()


def measure(prometheus, rules):
    """Sums of the groups' durations, one for each round, processor time of a round, and the least duration of each rule."""
    use(prometheus, rules)
    wait_for_a_round(prometheus)
    wait_for_a_round(prometheus)
    wholes, least = [], {}
    began, before = processor_seconds(prometheus.process), evaluations(prometheus)
    for _ in range(ROUNDS):
        time.sleep(EVERY)
        groups = prometheus.groups()
        wholes.append(sum(g['evaluationTime'] for g in groups))
        for group in groups:
            for n, rule in enumerate(group['rules']):
                key = (group['name'], n, rule['name'], rule['query'])
                least[key] = min(least.get(key, math.inf), rule['evaluationTime'])
    return wholes, (processor_seconds(prometheus.process) - began) / (evaluations(prometheus) - before), least


def samples(prometheus, query):
    with urllib.request.urlopen(prometheus.url + '/api/v1/query', urllib.parse.urlencode({'query': query, 'stats': 'all'}).encode()) as answer:
        return json.load(answer)['data']['stats']['samples']['totalQueryableSamples']


def main():
    processes = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    program = shutil.which('prometheus', path=history.UNPACKED + ':' + os.environ.get('PATH', ''))
    if not program:
        return print('skipped: there is no prometheus (scripts/tools.sh unpacks one)')
    prometheus = history.Prometheus(program, 'none-yet.yml', '--query.lookback-delta=30m', '--web.enable-lifecycle')
    try:
        began = time.time()
        count = load(prometheus, processes)
        print('%d processes, %d series, an hour written in %.0f s' % (processes, count, time.time() - began))
        for rules in sys.argv[2:] or [RULES]:
            wholes, processor, least = measure(prometheus, rules)
            print('\n%s: the whole set %s s, one group after the other; %.2f s of processor time each' % (
                rules, ', '.join('%.2f' % whole for whole in wholes), processor))
            groups = {}
            for (group, *_), seconds in least.items():
                groups[group] = groups.get(group, 0) + seconds
            print('least: %s; in all %.2f s' % (', '.join('%s %.2f' % g for g in groups.items()), sum(groups.values())))
            for (group, _, name, query), seconds in sorted(least.items(), key=lambda one: -one[1])[:15]:
                print('%8.0f ms %10d samples  %s %s' % (seconds * 1000, samples(prometheus, query), group, name))
            firing = sum(len(r.get('alerts', [])) for g in prometheus.groups() for r in g['rules'])
            print('alerts pending or firing: %d' % firing, flush=True)
    finally:
        prometheus.close()


def wait_for_a_round(prometheus):
    """Until every group has been evaluated once more."""
    before = {g['name']: g['lastEvaluation'] for g in prometheus.groups()}
    while any(before.get(g['name']) == g['lastEvaluation'] for g in prometheus.groups()):
        time.sleep(1)


if __name__ == '__main__':
    sys.exit(main())
