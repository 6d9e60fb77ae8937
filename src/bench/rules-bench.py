#!/usr/bin/env python3
"""How long Prometheus takes to evaluate the shipped rules once, over many processes: rules-bench.py [PROCESSES]

A real Prometheus with the shipped rules; an hour of history, a sample every 15 s of what the rules ask for over time, is written into it
by remote write, and the last sample of everything else. One process in a hundred is suspected, half of these confirmed. Ten replicas to a
workload; kube-state-metrics' owners are there. Every group is evaluated; the sum of the groups' last durations is what one evaluation of the whole set takes on
one core after the other: Prometheus evaluates groups side by side.
"""
import os
import shutil
import struct
import subprocess
import sys
import time
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.realpath(__file__)), '..', 'yardstick'))
sys.dont_write_bytecode = True
import history  # noqa: E402

RULES = os.path.join(history.CHECKOUT, 'deploy', 'prometheus', 'fdsentry.rules.yml')
STEP, SPAN = 15, 3540


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
    up = [50.0 + leak * 2 * i for i in range(steps)]
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
    yield 'kube_pod_container_info', dict(pod, container='main', image='shop/%s:1.0' % who['target']), 1.0


def load(prometheus, processes):
    now = time.time()
    stamps = [b'\x10' + history.varint(round((now - SPAN + i * STEP) * 1000)) for i in range(SPAN // STEP)] + [b'\x10' + history.varint(round(now * 1000))]
    batch, size, count = [], 0, 0
    for who, leak in fleet(processes):
        own = [(name, dict(who, **more), values) for name, more, values in series(who, leak, len(stamps))]
        own += [(name, labels, [value]) for name, labels, value in around(who)]
        for name, labels, values in own:
            batch.append(label_bytes(dict(labels, __name__=name)) + points(values, stamps[-len(values):]))
            size += len(batch[-1])
            count += 1
        if size > 8_000_000:
            send(prometheus, batch)
            batch, size = [], 0
    send(prometheus, batch)
    return count


def main():
    processes = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    program = shutil.which('prometheus', path=history.UNPACKED + ':' + os.environ.get('PATH', ''))
    if not program:
        return print('skipped: there is no prometheus (scripts/tools.sh unpacks one)')
    prometheus = history.Prometheus(program, RULES, '--query.lookback-delta=30m')
    try:
        began = time.time()
        count = load(prometheus, processes)
        print('%d processes, %d series, an hour written in %.0f s' % (processes, count, time.time() - began))
        for round_ in range(3):
            wait_for_a_round(prometheus)
            groups = prometheus.groups()
            print('round %d: %s; whole set %.2f s' % (round_ + 1, ', '.join('%s %.2f s' % (g['name'], g['evaluationTime']) for g in groups),
                                                     sum(g['evaluationTime'] for g in groups)))
        firing = sum(len(r.get('alerts', [])) for g in prometheus.groups() for r in g['rules'])
        print('alerts pending or firing: %d' % firing)
    finally:
        prometheus.close()


def wait_for_a_round(prometheus):
    """Until every group has been evaluated once more."""
    before = {g['name']: g['lastEvaluation'] for g in prometheus.groups()}
    while any(before[g['name']] == g['lastEvaluation'] for g in prometheus.groups()):
        time.sleep(1)


if __name__ == '__main__':
    sys.exit(main())
