#!/usr/bin/env python3
"""Rules and an Alertmanager's configuration at another speed, to see in minutes what happens over hours.

    scripts/scale-rules.py FACTOR FILE              # on standard output
    scripts/scale-rules.py FACTOR FILE... FOLDER    # into a folder, under their own names

FACTOR divides, as detection.time_scale of fdsentry's configuration does, and is to be the same number. Divided are

  for, keep_firing_for, interval and query_offset of rules and groups;
  ranges, subqueries with their steps, and offsets, in expressions and in the queries of annotations;
  the literal second argument of predict_linear;
  the number of a recording rule whose name ends in _threshold_seconds;
  group_wait, group_interval, repeat_interval and resolve_timeout of Alertmanager.

Any other number stays as it is: a time in seconds belongs in a recording rule ending in _threshold_seconds. Words stay too.
Scrape and evaluation intervals are neither rules' nor Alertmanager's; a second suits factors up to 20, since the shortest
range is two minutes. Comments and layout are kept, so that the result can be compared with the original by eye.
"""
import json
import os
import re
import sys

UNITS = {'ms': 1, 's': 1000, 'm': 60_000, 'h': 3_600_000, 'd': 86_400_000, 'w': 604_800_000, 'y': 31_536_000_000}
DURATION = r'(?:\d+(?:ms|[smhdwy]))+'
KEYS = 'for|keep_firing_for|interval|query_offset|group_wait|group_interval|repeat_interval|resolve_timeout'
KEY = re.compile(r'((?:^|[\s{,-])(?:%s):\s*["\']?)(%s)(?=["\']?\s*(?:[,}#]|$))' % (KEYS, DURATION))
RANGE = re.compile(r'\[\s*(%s)\s*(?:(:)\s*(%s)?\s*)?\]' % (DURATION, DURATION))
OFFSET = re.compile(r'(\boffset\s+-?\s*)(%s)' % DURATION)
AHEAD = re.compile(r'\bpredict_linear\s*\(')
NUMBER = re.compile(r'\d+(?:\.\d+)?(?:e\d+)?')
# What has no time in it: strings of PromQL, and comments.
OPAQUE = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'|`[^`]*`|#[^\n]*')


class Speed:
    """Divides times by a factor."""

    def __init__(self, factor):
        self.factor = factor

    def duration(self, text):
        """A duration as Prometheus writes it; the least there is, is a millisecond."""
        parts = re.findall(r'(\d+)(ms|[smhdwy])', text)
        whole = sum(int(n) * UNITS[unit] for n, unit in parts)
        scaled = round(whole / self.factor)
        if whole and not scaled:
            scaled = 1
        unit = next(u for u in ('d', 'h', 'm', 's', 'ms') if scaled % UNITS[u] == 0)
        return text if scaled == whole else '%d%s' % (scaled // UNITS[unit], unit)

    def number(self, text):
        return '%.12g' % (float(text) / self.factor)

    def selectors(self, text):
        """Ranges, subqueries and offsets of a text."""
        def window(match):
            step = ':' + self.duration(match[3]) if match[3] else match[2] or ''
            return '[' + self.duration(match[1]) + step + ']'
        return OFFSET.sub(lambda m: m[1] + self.duration(m[2]), RANGE.sub(window, text))

    def expression(self, text):
        """PromQL; strings and comments are left alone."""
        kept = []

        def keep(match):
            kept.append(match[0])
            return '\0%d\0' % (len(kept) - 1)
        text = self.predictions(self.selectors(OPAQUE.sub(keep, text)))
        return re.sub('\0(\\d+)\0', lambda m: kept[int(m[1])], text)

    def predictions(self, text):
        for match in reversed(list(AHEAD.finditer(text))):
            start, end = last_argument(text, match.end())
            ahead = text[start:end]
            if NUMBER.fullmatch(ahead.strip()):
                text = text[:start] + ahead.replace(ahead.strip(), self.number(ahead)) + text[end:]
        return text

    def threshold(self, name, text):
        """The expression of a threshold: one number, bare or in vector()."""
        match = re.fullmatch(r'(\s*(?:vector\s*\(\s*)?)(%s)(\s*\)?\s*)' % NUMBER.pattern, text)
        if not match:
            raise SystemExit('%s: neither a number nor vector(NUMBER): %s' % (name, text.strip()))
        return match[1] + self.number(match[2]) + match[3]


def last_argument(text, start):
    """Where the last argument lies of a call whose first begins at start."""
    depth = 0
    for at in range(start, len(text)):
        c = text[at]
        if c in ')]}' and depth == 0:
            return start, at
        if c == ',' and depth == 0:
            start = at + 1
        depth += (c in '([{') - (c in ')]}')
    raise SystemExit('predict_linear without its end: ' + text)


def quoted(value, scale):
    """A value as it stands in YAML, in whichever quotes."""
    bare = value.strip()
    if len(bare) > 1 and bare[0] == bare[-1] == "'":
        return value.replace(bare, "'" + scale(bare[1:-1].replace("''", "'")).replace("'", "''") + "'")
    if len(bare) > 1 and bare[0] == bare[-1] == '"' and '"' not in bare[1:-1].replace('\\"', ''):
        return value.replace(bare, json.dumps(scale(json.loads(bare)), ensure_ascii=False))
    return scale(value)


def indent(line):
    return len(line) - len(line.lstrip(' '))


def key_column(line):
    """Where the key of a line begins, past the dashes of list items."""
    return len(re.match(r' *(?:- +)*', line)[0])


def block_end(lines, first):
    """The line after the value of the key on a line: the deeper ones belong to it, and blank ones between."""
    end = first + 1
    while end < len(lines) and (not lines[end].strip() or indent(lines[end]) > key_column(lines[first])):
        end += 1
    while not lines[end - 1].strip():
        end -= 1
    return end


def name_of(lines, at):
    """What the rule records whose expression begins on a line, if it records."""
    column = key_column(lines[at])
    begin, end = at, at + 1
    while begin > 0 and not lines[begin][:column].strip():
        begin -= 1
    while end < len(lines) and (not lines[end].strip() or (indent(lines[end]) >= column)):
        end += 1
    for line in lines[begin:end]:
        match = re.match(r' *(?:- +)?record: *["\']?([\w:]+)', line)
        if match and key_column(line) == column:
            return match[1]
    return ''


def scaled(text, speed):
    """A whole file, line by line: expressions apart from all the rest."""
    lines = text.split('\n')
    out, at = [], 0
    while at < len(lines):
        line = lines[at]
        match = re.match(r'( *(?:- +)*expr:)(.*)', line)
        if match:
            end = block_end(lines, at)
            out.append(expression(match, '\n'.join(lines[at + 1:end]), name_of(lines, at), speed))
            at = end
            continue
        if not line.lstrip().startswith('#'):
            said = re.match(r'.*?(?=\s#|$)', line)[0]
            keys = KEY.sub(lambda m: m[1] + speed.duration(m[2]), said)
            line = speed.selectors(keys + line[len(said):])
        out.append(line)
        at += 1
    return '\n'.join(out)


def expression(match, below, name, speed):
    def scale(value):
        return speed.threshold(name, value) if name.endswith('_threshold_seconds') else speed.expression(value)
    key, value = match[1], match[2]
    if re.fullmatch(r'\s*(?:[|>][-+0-9]*)?\s*', value):
        return key + value + '\n' + scale(below)
    if not below:
        return key + quoted(value, scale)
    return key + scale(value + '\n' + below)


def main(arguments):
    if len(arguments) < 2 or not NUMBER.fullmatch(arguments[0]) or float(arguments[0]) <= 0:
        sys.exit(__doc__)
    speed, files = Speed(float(arguments[0])), arguments[1:]
    if len(files) == 1:
        with open(files[0], encoding='utf-8') as source:
            sys.stdout.write(scaled(source.read(), speed))
        return
    folder = files.pop()
    os.makedirs(folder, exist_ok=True)
    for file in files:
        with open(file, encoding='utf-8') as source:
            text = scaled(source.read(), speed)
        with open(os.path.join(folder, os.path.basename(file)), 'w', encoding='utf-8') as target:
            target.write(text)


if __name__ == '__main__':
    main(sys.argv[1:])
