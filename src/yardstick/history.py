#!/usr/bin/env python3
"""Evaluates deploy/prometheus/fdsentry-history.rules.yml over recorded histories, in a real Prometheus.

  history.py                                   a leak, traffic and a pool, made here: the leaks raise a ticket, the others none
  history.py --yardstick [--seeds 0-3] [--sets shapes,real] [--detail]    the table of docs/detection.md, as Markdown

Every history is written into Prometheus as what its recording rules would have recorded each minute (fdsentry:open_fds:max and
fdsentry:open_fds:limit, of a CLOSE_WAIT history fdsentry:close_wait:max as well). Then each recording rule is asked for by a range
query in the steps of its group, and its answer written back under its name; then each alert is asked for in the steps of
its group. The expressions are those Prometheus itself has read from the file. A history with more than a minute between samples
is not judged by the rules of minutes: Prometheus would not have had it.

The yardstick is looked for in $FDSENTRY_SHARED/detect, else in shared/detect beside the checkout; one line says so where it
or numpy is missing. Prometheus is taken from PATH or from where scripts/tools.sh unpacks it.
"""
import json
import math
import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

HERE = os.path.dirname(os.path.realpath(__file__))
CHECKOUT = os.path.dirname(os.path.dirname(HERE))
RULES = os.path.join(CHECKOUT, 'deploy', 'prometheus', 'fdsentry-history.rules.yml')
UNPACKED = os.path.join(os.environ.get('XDG_CACHE_HOME') or os.path.expanduser('~/.cache'), 'fdsentry-tools', 'prometheus', 'usr', 'bin')
SHARED = os.environ.get('FDSENTRY_SHARED') or os.path.join(os.path.dirname(CHECKOUT), 'shared')
YARDSTICK = os.path.join(SHARED, 'detect')
BEGIN = 1_700_006_400  # every history is moved to begin here: a midnight, UTC, so that steps fall on whole hours
MOST_STEPS = 10_000


class History:
    """Counts of one process: seconds from its beginning, values, the limit, and which kind of handle is counted."""

    def __init__(self, times, values, limit, kind):
        first = times[0]
        self.interval = sorted(b - a for a, b in zip(times, times[1:]))[len(times) // 2 - 1]
        self.offset = first - first % 3600
        self.times, self.values = [BEGIN + t - self.offset for t in times], values
        self.limit, self.kind = limit, kind

    def is_quick(self):
        return self.interval <= 60

    def recorded(self):
        """What a recording rule sees each minute: the last sample of at most five minutes, or of two of its intervals.
        Where samples are rarer, each fourth minute does: minutes are not judged then."""
        keep, at, last = max(300, 2 * self.interval), 0, None
        step = 60 if self.is_quick() else 240
        minute = math.ceil(self.times[0] / 60) * 60
        while minute <= self.times[-1]:
            while at < len(self.times) and self.times[at] <= minute:
                last, at = at, at + 1
            if last is not None and minute - self.times[last] <= keep:
                yield minute, self.values[last]
            minute += step


class Prometheus:
    """One that holds years in memory, so that histories may be written in any order."""

    def __init__(self, program, rules=RULES, *flags):
        self.folder = tempfile.mkdtemp(prefix='history-')
        with socket.create_server(('127.0.0.1', 0)) as free:
            self.url = 'http://127.0.0.1:%d' % free.getsockname()[1]
        with open(os.path.join(self.folder, 'prometheus.yml'), 'w') as config:
            # Groups without an interval of their own are only read, not evaluated.
            json.dump({'global': {'evaluation_interval': '1y'}, 'rule_files': [rules]}, config)
        self.process = subprocess.Popen(
            [program, '--config.file=' + config.name, '--storage.tsdb.path=' + os.path.join(self.folder, 'data'),
             '--web.listen-address=' + self.url[7:], '--web.enable-remote-write-receiver', '--query.timeout=1h',
             '--query.max-samples=500000000', '--storage.tsdb.retention.time=100y',
             '--storage.tsdb.min-block-duration=2000d', '--storage.tsdb.max-block-duration=2000d', *flags],
            stdout=subprocess.DEVNULL, stderr=open(os.path.join(self.folder, 'log'), 'w'))
        self.wait()

    def wait(self):
        for _ in range(600):
            try:
                return urllib.request.urlopen(self.url + '/-/ready').close()
            except OSError:
                time.sleep(0.1)
        raise SystemExit('Prometheus does not start: ' + open(os.path.join(self.folder, 'log')).read())

    def groups(self):
        return self.get('/api/v1/rules')['groups']

    def get(self, path, **parameters):
        data = urllib.parse.urlencode(parameters).encode() or None
        with urllib.request.urlopen(self.url + path, data) as answer:
            return json.load(answer)['data']

    def range(self, expression, start, end, step):
        """What a rule would have been answered at each of its evaluations: (time, value) of each series, by its labels."""
        found = {}
        while start <= end:
            stop = min(end, start + (MOST_STEPS - 1) * step)
            for series in self.get('/api/v1/query_range', query=expression, start=start, end=stop, step=step)['result']:
                found.setdefault(tuple(sorted(series['metric'].items())), []).extend(series['values'])
            start = stop + step
        return found

    def write(self, name, samples, labels):
        """Remote write: protobuf by hand, in snappy's form of what is not compressed."""
        named = sorted(dict(labels, __name__=name).items())
        labels = b''.join(field(1, field(1, k.encode()) + field(2, v.encode())) for k, v in named)
        for at in range(0, len(samples), 200_000):
            points = b''.join(field(2, b'\x09' + struct.pack('<d', float(v)) + b'\x10' + varint(round(float(t) * 1000)))
                              for t, v in samples[at:at + 200_000])
            body = field(1, labels + points)
            body = varint(len(body)) + b'\xfc' + struct.pack('<I', len(body) - 1) + body
            request = urllib.request.Request(self.url + '/api/v1/write', body, {
                'Content-Type': 'application/x-protobuf', 'Content-Encoding': 'snappy', 'X-Prometheus-Remote-Write-Version': '0.1.0'})
            urllib.request.urlopen(request).close()

    def close(self):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def varint(n):
    out = bytearray()
    while n > 127:
        out.append(n & 127 | 128)
        n >>= 7
    out.append(n)
    return bytes(out)


def field(number, content):
    return bytes([number << 3 | 2]) + varint(len(content)) + content


def judge(program, histories):
    """For each history, by alert, the times of its evaluations at which a ticket would have stood."""
    tickets = [{} for _ in histories]
    for quick in (True, False):
        chosen = [n for n, history in enumerate(histories) if history.is_quick() == quick]
        if chosen:
            prometheus = Prometheus(program)
            try:
                ask(prometheus, histories, chosen, tickets)
            finally:
                prometheus.close()
    return tickets


def ask(prometheus, histories, chosen, tickets):
    for n in chosen:
        recorded = list(histories[n].recorded())
        target = {'target': str(n)}
        prometheus.write('fdsentry:open_fds:max', recorded, target)
        prometheus.write('fdsentry:open_fds:limit', [(t, histories[n].limit) for t, _ in recorded], target)
        if histories[n].kind == 'close_wait':
            prometheus.write('fdsentry:close_wait:max', recorded, target)
    end = max(histories[n].times[-1] for n in chosen)
    groups = prometheus.groups()
    for step, rule in rules(groups, 'recording'):
        if 'fdsentry_process' not in rule['query']:
            for labels, samples in prometheus.range(rule['query'], BEGIN, end, step).items():
                prometheus.write(rule['name'], samples, labels)
    for step, rule in rules(groups, 'alerting'):
        if step > 60 or histories[chosen[0]].is_quick():
            for labels, samples in prometheus.range(rule['query'], BEGIN, end, step).items():
                n = int(dict(labels)['target'])
                offset = histories[n].offset - BEGIN
                tickets[n][rule['name']] = [t + offset for t in standing(samples, step, rule.get('keepFiringFor', 0))]


def standing(samples, step, keep):
    """When an alert stands whose expression has these samples: until keep_firing_for after each run of them."""
    for n, (t, _) in enumerate(samples):
        yield t
        until = min(t + keep, samples[n + 1][0] - step if n + 1 < len(samples) else math.inf)
        yield from range(int(t) + step, int(until) + 1, step)


def rules(groups, kind):
    """Rules with the seconds between their evaluations; the quicker first, since the slower ask for what those record."""
    for group in sorted(groups, key=lambda group: group['interval']):
        for rule in group['rules']:
            if rule['type'] == kind:
                yield int(group['interval']), rule


# ---------------------------------------------------------------- histories made here
def made_here():
    """Name, history, and the alert it has to raise, if any: twelve days, a sample a minute."""
    minutes = range(0, 12 * 1440)
    day = [120 + 80 * math.sin(2 * math.pi * m / 1440) for m in minutes]
    noise = [(m * 7919 % 31) - 15 for m in minutes]

    def history(values, limit=4096, kind='fds'):
        return History([60 * m for m in minutes], [max(0, round(v)) for v in values], limit, kind)
    return [
        ('traffic by day', history([d + n for d, n in zip(day, noise)]), None),
        ('a deploy that needs more', history([d + n + (150 if m > 9000 else 0) for m, (d, n) in enumerate(zip(day, noise))]), None),
        ('a pool that keeps its CLOSE_WAIT', history([20 + n / 5 for n in noise], kind='close_wait'), None),
        ('six an hour from the eighth day', history([d / 4 + n + max(0, m - 8 * 1440) / 10 for m, (d, n) in enumerate(zip(day, noise))], 1024), 'FdsentryFloorRisingOverHours'),
        ('two an hour from the fifth day', history([d / 8 + n / 2 + max(0, m - 5 * 1440) / 30 for m, (d, n) in enumerate(zip(day, noise))]), 'FdsentryFloorRisingOverDays'),
        ('a hundred and fifty a minute on the last day', history([d + n + max(0, m - 11 * 1440 - 600) * 150 for m, (d, n) in enumerate(zip(day, noise))], 20000), 'FdsentryFloorRisingFast'),
        ('CLOSE_WAIT that stays', history([max(0, m - 10 * 1440) * 2 for m in minutes], kind='close_wait'), 'FdsentryCloseWaitHeld'),
    ]


def check(program):
    wrong = 0
    cases = made_here()
    for (name, _, expected), tickets in zip(cases, judge(program, [h for _, h, _ in cases])):
        raised = sorted(alert for alert, times in tickets.items() if times)
        right = expected in raised if expected else not raised
        wrong += not right
        print('%-5s %-46s %s' % ('ok' if right else 'WRONG', name, ', '.join(raised) or '-'))
    return wrong


# ---------------------------------------------------------------- the yardstick
def yardstick(program, seeds, sets):
    if not os.path.exists(os.path.join(YARDSTICK, 'score.py')):
        return print('skipped: there is no yardstick at ' + YARDSTICK)
    try:
        import numpy, scipy  # noqa: F401
    except ImportError as e:
        return print('skipped: %s (apt-get install python3-numpy python3-scipy, and run with /usr/bin/python3)' % e)
    sys.dont_write_bytecode = True
    sys.path.insert(0, YARDSTICK)
    import score
    tasks = list(score.work(seeds, sets, os.path.join(YARDSTICK, 'traces')))
    histories = []

    def collect(t, v, limit, kind):
        histories.append(History([float(x) for x in t], [float(x) for x in v], limit, kind))
        return []
    for task in tasks:
        score.run_one(task + ({'collect': collect},))
    began = time.time()
    tickets = judge(program, histories)
    answers = iter(sorted(t for times in one.values() for t in times) for one in tickets)
    rows = {}
    asked = iter(tickets)
    reference = score.builtin()['prom_floor']
    for task in tasks:
        for group, name, result in score.run_one(task + ({'history rules': lambda t, v, limit, kind: next(answers), 'prom_floor': reference},)):
            rows.setdefault(group, {}).setdefault(name, []).append(result)
            raised = next(asked) if name == 'history rules' else {}
            if '--detail' in sys.argv and (result['fa'] or result['leak'] and not result['det']):
                print(group, result['name'], name, 'false: %d' % result['fa'], sorted(alert for alert, times in raised.items() if times))
    print('| set | detector | recall | way, median | false tickets per 1000 clean days | benign series hit |')
    print('|---|---|---|---|---|---|')
    share = lambda x: '' if x is None or x != x else '%.1f %%' % (100 * x)
    for group, named in rows.items():
        for name, results in named.items():
            d = score.summary(results)
            print('| %s | %s | %s | %s | %s | %s |' % (
                group, name, '%s of %d' % (share(d['recall']), d['leaks']) if d['leaks'] else '', share(d['frac50']),
                '%.1f (%d in %d)' % (d['fa1000'], d['fa'], d['days']) if d['days'] else '', share(d['bad'])))
    print('\n%d histories in %.0f s' % (len(histories), time.time() - began))
    return 0


def numbers(text):
    first, _, last = text.partition('-')
    return range(int(first), int(last or first) + 1)


def option(name, default):
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else default


def main():
    program = shutil.which('prometheus', path=UNPACKED + ':' + os.environ.get('PATH', ''))
    if not program:
        return print('skipped: there is no prometheus (scripts/tools.sh unpacks one)')
    if '--yardstick' in sys.argv:
        return yardstick(program, numbers(option('--seeds', '0-3')), option('--sets', 'shapes,real').split(','))
    return check(program)


if __name__ == '__main__':
    sys.exit(main())
