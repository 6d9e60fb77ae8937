#!/usr/bin/env python3
"""Replays the verdict of the detector through the shipped alerts, in a real Prometheus.

  verdict.py [--seeds 0-1] [--sets shapes,real] [--detail]    the table of docs/detection.md, as Markdown

Every history of the yardstick goes through `fdsentry backtest`; the state in which it stands at each minute is written into Prometheus
as fdsentry_process_leak_state, as if each were a process of a host of its own that lives until its history ends. What FdsentryLeakConfirmed
and FdsentryLeakUrgent ask for of what is recorded is then asked for by range queries, a step a minute, rule after rule as they stand in
fdsentry.rules.yml, and written back under its name; then the two alerts, with their for and keep_firing_for.

Wants what yardstick.py and history.py want; one line says so where something is missing.
"""
import bisect
import os
import re
import shutil
import sys

import history
import yardstick

RULES = os.path.join(history.CHECKOUT, 'deploy', 'prometheus', 'fdsentry.rules.yml')
ALERTS = {'FdsentryLeakConfirmed': 2, 'FdsentryLeakUrgent': 3}
STATES = {'cleared': 0, 'suspected': 1, 'confirmed': 2, 'urgent': 3}
RESOURCES = {'fds': 'fds', 'close_wait': 'close_wait', 'goroutines': 'goroutines'}  # any other kind is one of sockets
MINUTE = 60


class Verdict:
    """The states in which one history stands, from its first sample to its last, moved to begin at history.BEGIN."""

    def __init__(self, series, changes):
        self.series, self.offset = series, history.BEGIN - float(series.t[0])
        self.end = history.BEGIN + float(series.t[-1] - series.t[0])
        self.times = [t + self.offset for t, _ in changes]
        self.states = [STATES[state] for _, state in changes]
        self.firing = {}

    def at(self, t):
        n = bisect.bisect_right(self.times, t)
        return self.states[n - 1] if n else 0

    def minutes(self):
        return range(history.BEGIN, int(self.end) + 1, MINUTE)

    def runs(self, state):
        """From when to when it stands at a state or worse, without a look at the clock of Prometheus."""
        found, begin = [], None
        for t, now in zip(self.times, self.states):
            if now >= state and begin is None:
                begin = t
            elif now < state and begin is not None:
                found.append((begin, t))
                begin = None
        return found + ([(begin, self.end)] if begin is not None else [])


def replay(prometheus, verdicts):
    """Writes the states, evaluates what the alerts ask for and then the alerts."""
    for n, verdict in enumerate(verdicts):
        prometheus.write('fdsentry_process_leak_state', [(t, verdict.at(t)) for t in verdict.minutes()], {
            'job': 'fdsentry', 'instance': 'host%d:10177' % n, 'target': str(n), 'pid': '7', 'resource': RESOURCES.get(verdict.series.kind, 'sockets')})
    end = max(int(verdict.end) for verdict in verdicts)
    rules = [rule for group in prometheus.groups() for rule in group['rules']]
    for rule in asked_for(rules):
        for labels, samples in prometheus.range(rule['query'], history.BEGIN, end, MINUTE).items():
            prometheus.write(rule['name'], samples, labels)
    for rule in rules:
        if rule['name'] in ALERTS:
            for labels, samples in prometheus.range(rule['query'], history.BEGIN, end, MINUTE).items():
                verdicts[int(dict(labels)['target'])].firing[rule['name']] = firing(samples, rule['duration'], rule['keepFiringFor'])


def asked_for(rules):
    """The recording rules that the alerts need, in the order in which they are evaluated."""
    wanted, grown = set(), set(ALERTS)
    while grown - wanted:
        wanted |= grown
        grown = {name for rule in rules if rule['name'] in wanted for name in re.findall(r'fdsentry:[\w:]+', rule['query'])}
    return [rule for rule in rules if rule['name'] in wanted - set(ALERTS)]


def firing(samples, wait, keep):
    """From when to when an alert fires whose expression has these samples: as Prometheus does, at evaluations only."""
    found, active, last = [], None, None
    for t, _ in samples:
        if active is None or t - last > MINUTE:
            active = t
        last = t
        if found and t <= found[-1][1] + MINUTE:
            found[-1][1] = t + keep
        elif t - active >= wait:
            found.append([t, t + keep])
    return found


# ---------------------------------------------------------------- the table
def verdicts_of(score, tasks):
    engine = yardstick.Engine()
    for _, series, *_ in tasks:
        interval = float(score.np.median(score.np.diff(series.t)))
        text = '\n'.join('%d,%g' % p for p in zip(series.t, series.v)) + '\n'
        yield Verdict(series, engine.changes(series.kind, series.limit, interval, text))


def row(score, group, name, verdicts, runs):
    """As score.py judges it, and how often it stood."""
    results = [score.judge(v.series, [t - v.offset for begin, end in runs(v, 2) for t in score.np.arange(begin, min(end, v.end) + 1, MINUTE)]) for v in verdicts]
    d = score.summary(results)
    share = lambda x: '' if x is None or x != x else '%.1f %%' % (100 * x)
    print('| %s | %s | %s | %s | %s | %d | %d |' % (
        group, name, '%s of %d' % (share(d['recall']), d['leaks']) if d['leaks'] else '', share(d['frac50']) if d['leaks'] else '',
        '%.1f (%d in %d)' % (d['fa1000'], d['fa'], d['days']) if d['days'] else '',
        sum(len(runs(v, 2)) for v in verdicts), sum(len(runs(v, 3)) for v in verdicts)), flush=True)


def said_otherwise(verdict):
    """Runs that no alert told of within two minutes of their beginning (and one of keep_firing_for), and alerts of none."""
    for alert, state in ALERTS.items():
        fired, runs = verdict.firing.get(alert, []), verdict.runs(state)
        for begin, end in runs:
            if end - begin > 2 * MINUTE and not any(a <= begin + 3 * MINUTE and begin <= b for a, b in fired):
                yield '%s: none for %.0f to %.0f' % (alert, begin - verdict.offset, end - verdict.offset)
        for a, b in fired:
            if not any(begin <= a <= end + MINUTE for begin, end in runs):
                yield '%s: of nothing at %.0f' % (alert, a - verdict.offset)


def main():
    program = shutil.which('prometheus', path=history.UNPACKED + ':' + os.environ.get('PATH', ''))
    if not program:
        return print('skipped: there is no prometheus (scripts/tools.sh unpacks one)')
    score = yardstick.load()
    seeds, sets = history.numbers(history.option('--seeds', '0-1')), history.option('--sets', 'shapes,real').split(',')
    tasks = [task for task in score.work(seeds, sets, os.path.join(history.YARDSTICK, 'traces')) if task[0] != 'real_unknown']
    print('| set | by | recall | way, median | false per 1000 clean days | confirmed, or a ticket | urgent, or a page |')
    print('|---|---|---|---|---|---|---|')
    otherwise = 0
    for group in dict.fromkeys(group for group, *_ in tasks):
        verdicts = list(verdicts_of(score, [task for task in tasks if task[0] == group]))
        prometheus = history.Prometheus(program, RULES)
        try:
            replay(prometheus, verdicts)
        finally:
            prometheus.close()
        row(score, yardstick.GROUPS[group], 'in the process', verdicts, Verdict.runs)
        row(score, yardstick.GROUPS[group], 'through Prometheus', verdicts,
            lambda v, state: v.firing.get({2: 'FdsentryLeakConfirmed', 3: 'FdsentryLeakUrgent'}[state], []))
        for verdict in verdicts:
            for said in said_otherwise(verdict):
                otherwise += 1
                print('  %s: %s' % (verdict.series.name, said))
    print('\n%d told otherwise than in the process' % otherwise)
    return 1 if otherwise else 0


if __name__ == '__main__':
    sys.exit(main())
