#!/usr/bin/env python3
"""Scores fdsentry's detector against the yardstick, through one long-lived JVM instead of one for each series.

  yardstick.py --table [--seeds dev,check,600-611] [--references]   the table of docs/detection.md, as Markdown
  yardstick.py ARGUMENTS OF score.py                                e.g. --seeds check --columns --detail, --check

The yardstick is looked for in $FDSENTRY_SHARED/detect, else in shared/detect beside the checkout.
$FDSENTRY is the launcher to score, else target/fdsentry/bin/fdsentry.
"""
import atexit
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.realpath(__file__))
CHECKOUT = os.path.dirname(os.path.dirname(HERE))
SHARED = os.environ.get('FDSENTRY_SHARED') or os.path.join(os.path.dirname(CHECKOUT), 'shared')
YARDSTICK = os.path.join(SHARED, 'detect')
LAUNCHER = os.environ.get('FDSENTRY') or os.path.join(CHECKOUT, 'target', 'fdsentry', 'bin', 'fdsentry')


def load():
    """The yardstick's module, or a line that says why not."""
    if not os.path.exists(os.path.join(YARDSTICK, 'score.py')):
        sys.exit(print('skipped: there is no yardstick at ' + YARDSTICK))
    try:
        import numpy, scipy  # noqa: F401
    except ImportError as e:
        sys.exit(print('skipped: %s (apt-get install python3-numpy python3-scipy, and run with /usr/bin/python3)' % e))
    if not os.access(LAUNCHER, os.X_OK):
        sys.exit(print('skipped: nothing to score at %s (mvn -Dquick package)' % LAUNCHER))
    sys.dont_write_bytecode = True
    sys.path.insert(0, YARDSTICK)
    import score
    return score


class Engine:
    """`fdsentry backtest --batch`, asked one history after the other."""

    def __init__(self):
        self.jvm = subprocess.Popen([LAUNCHER, 'backtest', '--batch'], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        atexit.register(self.jvm.stdin.close)

    def pages(self, kind, limit, interval, text):
        """The times at which it stands at confirmed or worse."""
        return [float(line) for line in self.answer(kind, limit, interval, 'pages', text)]

    def changes(self, kind, limit, interval, text):
        """When it changes its mind, and to which state."""
        return [(float(t), state) for t, state in (line.split() for line in self.answer(kind, limit, interval, 'changes', text))]

    def answer(self, kind, limit, interval, output, text):
        self.jvm.stdin.write('begin %s %g %g %s\n%send\n' % (kind, limit, interval, output, text))
        self.jvm.stdin.flush()
        lines = []
        for line in self.jvm.stdout:
            if line == 'end\n':
                return lines
            if line.startswith('error'):
                raise SystemExit(line)
            lines.append(line)
        raise SystemExit('fdsentry ended early')


def detector(score, with_columns):
    """What score.py calls for each series; the same text goes in as with --cmd."""
    engine = Engine()

    def run(t, v, limit, kind, cols=None):
        interval = float(score.np.median(score.np.diff(t))) if len(t) > 1 else 15
        if with_columns:
            text = score.table_text(t, v, cols)
        else:
            text = '\n'.join('%d,%g' % p for p in zip(t, v)) + '\n'
        return engine.pages(kind, limit, interval, text)
    run.columns = with_columns
    return run


# ---------------------------------------------------------------- the table of the docs
GROUPS = {'shapes': 'shapes', 'ident': 'identity shapes', 'graft': 'leaks grafted onto real counts', 'real_leak': 'real software aging',
          'real_tight': 'real normal traces, limit 1.5 x max', 'real_loose': 'real normal traces, limit 10 x max'}


def seeds_of(score, name):
    return score.SEEDS.get(name) or range(*[int(x) + i for i, x in enumerate(name.split('-'))])


def table(score, seed_sets, references):
    print('| seeds | set | detector | recall | way, median | way, 90 % | false pages per 1000 clean days | benign series hit |')
    print('|---|---|---|---|---|---|---|---|')
    known = score.builtin(True)
    for columns, sets in ((False, 'shapes'), (True, 'shapes,ident'), (False, 'real,graft')):
        names = [x for x in ('rf', 'rf_id') if references and (columns or x == 'rf')]
        dets = {x: known[x] for x in names}
        dets['fdsentry'] = detector(score, columns)
        for seeds in seed_sets if sets != 'real,graft' else ['-']:
            rows = {}
            for task in score.work(() if seeds == '-' else seeds_of(score, seeds), sets.split(','), score.os.path.join(YARDSTICK, 'traces')):
                for group, name, result in score.run_one(task + (dets,)):
                    rows.setdefault(group, {}).setdefault(name, []).append(result)
            for group in (g for g in GROUPS if g in rows):
                for name in dets:
                    print(row(score, seeds, GROUPS[group] + (', columns' if columns else ''), name, rows[group][name]), flush=True)


def row(score, seeds, group, name, results):
    d = score.summary(results)
    share = lambda x: '' if x is None or x != x else '%.1f %%' % (100 * x)
    way = ['%s (%d of %d)' % (share(d['recall']), round(d['recall'] * d['leaks']), d['leaks']), share(d['frac50']), share(d['frac90'])] if d['leaks'] else [''] * 3
    false = ['%.1f (%d in %d)' % (d['fa1000'], d['fa'], d['days']) if d['days'] else '', share(d['bad'])]
    return '| ' + ' | '.join([seeds, group, name] + way + false) + ' |'


def main():
    score = load()
    if '--table' in sys.argv:
        at = sys.argv.index('--seeds') + 1 if '--seeds' in sys.argv else 0
        table(score, (sys.argv[at] if at else 'dev,check,600-611').split(','), '--references' in sys.argv)
        return
    score.external = lambda cmd, with_columns=False: detector(score, with_columns)
    sys.argv += ['--cmd', 'fdsentry=batch']
    score.main()


if __name__ == '__main__':
    main()
