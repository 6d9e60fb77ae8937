// One process: what it holds, since when, towards whom, and how it came about.
import { TimeChart } from "/charts.js";
import { duration, el, growth, limit, name, number, per, rate, words } from "/format.js";
import { badge, fdsBar, finding, record, room, share, sum, timeLeft, timeScale, unseen } from "/view.js";

const STATES = ["close_wait", "closed", "fin_wait2", "fin_wait1", "last_ack", "closing", "syn_sent", "established", "listen"];
const REASONS = ["close_wait", "closed", "half_open", "idle"];
const SOURCES = { native: "read from its memory", pprof: "from its pprof", metrics: "from its metrics" };
const AGES = { "10s": 10, "1m": 60, "10m": 600, "1h": 3600, "1d": 86400 };

/** A table with a caption; null without rows. */
function table(title, headings, rows) {
  if (rows.length === 0) {
    return null;
  }
  const head = el("tr", "", ...headings.map((heading, i) => {
    const cell = el("th", i > 0 && typeof rows[0][i] !== "object" ? "number" : "", heading);
    cell.scope = "col";
    return cell;
  }));
  const body = rows.map((row) => el("tr", "", ...row.map((value, i) => {
    const cell = el(i === 0 ? "th" : "td", i > 0 && typeof value !== "object" ? "number" : "", value);
    if (i === 0) {
      cell.scope = "row";
    }
    return cell;
  })));
  const scroll = el("div", "scroll", el("table", "small", el("caption", "", title), el("thead", "", head), el("tbody", "", ...body)));
  // Whatever scrolls sideways can be scrolled by the keyboard.
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", title);
  return el("section", "panel text", scroll);
}

const some = (counts) => Object.entries(counts ?? {}).filter(([, n]) => n > 0);
const counted = (title, what, counts, unit = "Count") => table(title, [what, unit], some(counts).map(([key, n]) => [words(key), number(n)]));

function tile(label, value, ...more) {
  return el("li", "", el("b", "", value), label, ...more);
}

function tiles(process) {
  const max = room(process.fds);
  const grows = process.verdicts.find((v) => v.resource === "fds")?.growth_per_second;
  const left = timeLeft(process);
  return el("ul", "tiles",
    tile(max === undefined ? "open fds" : `open fds of ${limit(max)}`, number(process.fds.open), max ? fdsBar(process) : null),
    tile("until the limit", Number.isFinite(left) ? duration(left) : "–"),
    grows ? tile(`fds ${per(grows)}`, rate(grows)) : tile("growth of fds", grows === undefined ? "–" : "none"),
    tile("abandoned sockets", process.stale ? number(sum(process.stale)) : "–"),
    process.without_keepalive === undefined ? null : tile("established, no keepalive", number(process.without_keepalive)),
    tile("threads", process.threads ? number(sum(process.threads)) : "–"),
    process.threads_stuck ? tile(`stuck for ${duration(process.threads_stuck.at_least)}`, number(process.threads_stuck.count)) : null,
    process.jvm_threads ? tile("threads the JVM has started", number(process.jvm_threads.started)) : null,
    process.goroutines ? tile(`goroutines, ${SOURCES[process.goroutines.source]}`, number(process.goroutines.count)) : null,
    tile("running for", duration((Date.now() - Date.parse(process.start_time)) / 1000)));
}

/** TCP states, and how many sockets have been in each for at least each age. */
function states(process, scale) {
  const rows = some(process.tcp).map(([state, n]) => {
    const older = process.tcp_older?.[state];
    return [words(state), number(n), ...Object.keys(AGES).map((age) => (older ? number(older[age]) : ""))];
  });
  const ages = Object.values(AGES).map((age) => `≥ ${age < scale ? `${number(age / scale)} s` : duration(age / scale)}`);
  return table("TCP states, and for at least how long", ["State", "Now", ...ages], rows);
}

function peers(process) {
  const rows = (process.peers ?? []).toSorted((a, b) => b.count - a.count).map((peer) => [
    el("span", "", peer.direction === "in" ? "from " : "to ", name(peer.peer)), el("span", "", words(peer.state)), number(peer.count),
    peer.oldest_seconds === undefined ? "–" : duration(peer.oldest_seconds)]);
  return table("Peers", ["Peer", "State", "Sockets", "Oldest"], rows);
}

function sites(process) {
  const rows = (process.goroutines?.sites ?? []).map((site) =>
    [name(site.site), name(site.reason), number(site.count), `≥ ${duration(site.blocked_at_least)}`]);
  return table("Where goroutines wait", ["Place", "Reason", "Goroutines", "For"], rows);
}

function threadGroups(process) {
  const rows = (process.thread_groups ?? []).map((group) => [name(group.name), number(group.count), duration(group.oldest_seconds), duration(group.newest_seconds)]);
  return table("Threads by name", ["Name", "Count", "Oldest", "Newest"], rows);
}

function verdicts(process) {
  const rows = process.verdicts.map((v) => [words(v.resource), el("span", v.state === "none" ? "dim" : `badge ${v.state}`, v.state),
    v.growth_per_second ? growth(v.growth_per_second) : v.growth_per_second === undefined ? "–" : "none",
    typeof v.seconds_to_limit === "number" ? duration(v.seconds_to_limit) : "–"]);
  return table("Verdicts", ["Resource", "State", "Growth", "Limit in"], rows);
}

function fds(process) {
  const rows = some(process.fds.kinds).map(([kind, n]) => [words(kind), number(n)]);
  if (process.fds.deleted) {
    rows.push(["of deleted files", number(process.fds.deleted)]);
  }
  for (const [key, value] of [["soft limit", process.fds.soft], ["hard limit", process.fds.hard], ["nearest limit", process.fds.effective]]) {
    if (value !== undefined) {
      rows.push([key, limit(value)]);
    }
  }
  return table("File descriptors by kind, and their limits", ["Kind", "Count"], rows);
}

function gaps(process) {
  const failing = Object.values(process.probes).filter((probe) => !probe.ok);
  return failing.length === 0 ? null : el("section", "panel text", ...unseen(failing));
}

function records(own) {
  return own.length === 0 ? null : el("section", "panel text", el("h2", "", "Evidence"), el("ul", "records", ...own.map((kept) => record(kept))));
}

function known(course) {
  const since = duration(course.at.at(-1) - course.at[0]);
  return `${since} of history: ${number(course.at.length)} of at most ${number(course.bounds.most_points)} points for each process, coarser with age;`
    + ` ${(course.bounds.bytes / 1048576).toFixed(1)} of ${(course.bounds.most_bytes / 1048576).toFixed(0)} MB for all. It ends with fdsentry.`;
}

/** The page of one process. What changes with a round is made anew; the charts stay. */
export class ProcessView {
  #charts = new Map();
  #body = el("div");
  #drawings = el("div", "charts");
  #bound = el("p", "dim");
  #top = el("div");

  constructor(place, pid) {
    this.pid = pid;
    place.replaceChildren(this.#top, this.#drawings, this.#bound, this.#body);
  }

  close() {
    this.#charts.forEach((chart) => chart.close());
  }

  /** @param round the last, of which the process is a part; null where it is not */
  show(process, course, evidence, round) {
    const own = (evidence?.items ?? []).filter((kept) => String(kept.pid) === this.pid);
    const back = el("a", "back", "← all processes");
    back.href = "#";
    if (process === null) {
      this.#top.replaceChildren(back, el("h1", "", `No watched process has the pid ${this.pid}`),
        el("p", "dim", own.length > 0 ? "It has ended; what was recorded of it is kept." : "It has ended, or it never was watched; nothing was recorded of it."));
      this.#drawings.hidden = true;
      this.#bound.hidden = true;
      this.#body.replaceChildren(...[records(own)].filter((part) => part !== null));
      return;
    }
    document.title = `${process.target} · fdsentry`;
    const place = process.container ? [process.container.namespace, process.container.pod, process.container.container].filter(Boolean).join("/") : "";
    this.#top.replaceChildren(back,
      el("h1", "who", name(process.target), " ", badge(process), el("span", "dim", name(`${process.command} · pid ${process.pid}${place ? ` · ${place}` : ""}`))),
      ...process.findings.map((f) => finding(f)), tiles(process));
    this.#draw(process, course);
    this.#body.className = "panels";
    this.#keepScroll(() => this.#body.replaceChildren(...[gaps(process), records(own.filter((kept) => kept.target === process.target)), states(process, timeScale(process, round)), peers(process), sites(process), verdicts(process), fds(process),
      counted("Sockets by protocol", "Protocol", process.sockets), counted("Sockets that look abandoned", "Reason", process.stale), counted("Threads", "State", process.threads), threadGroups(process),
      counted("Goroutines blocked", "Reason", process.goroutines?.blocked), counted("Bytes in socket queues", "Queue", process.queue_bytes, "Bytes")].filter((part) => part !== null)));
  }

  /** A link that has the focus keeps it. */
  #keepScroll(change) {
    const focused = document.activeElement?.getAttribute?.("href");
    const inside = this.#body.contains(document.activeElement);
    change();
    if (inside && focused) {
      this.#body.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus();
    }
  }

  #draw(process, course) {
    this.#drawings.hidden = course === null || course.at.length < 2;
    this.#bound.hidden = this.#drawings.hidden;
    if (this.#drawings.hidden) {
      return;
    }
    this.#bound.textContent = known(course);
    const max = room(process.fds);
    const near = max && share(process) > 0.2;
    this.#chart("fds", "Open file descriptors", false, course, [
      { label: "open fds", colour: "--established", values: course.fds },
      ...(near ? [{ label: "limit", colour: "--bad", values: course.at.map(() => max), dashed: true }] : [])]);
    this.#chart("tcp", "TCP sockets by state", true, course, STATES.map((state) => (
      { label: words(state), colour: `--${state}`, values: course[`tcp_${state}`] })));
    this.#chart("stale", "Abandoned sockets", true, course, REASONS.map((reason) => (
      { label: words(reason), colour: `--stale-${reason}`, values: course[`stale_${reason}`] })));
    this.#chart("work", process.goroutines ? "Threads and goroutines" : "Threads", false, course, [
      { label: "threads", colour: "--listen", values: course.threads }, { label: "goroutines", colour: "--closed", values: course.goroutines }]);
  }

  /** Lines that are zero throughout are left out. */
  #chart(id, title, stacked, course, lines) {
    const drawn = lines.filter((line) => line.values?.some((value) => value > 0));
    let chart = this.#charts.get(id);
    if (!chart) {
      const canvas = el("canvas");
      canvas.setAttribute("role", "img");
      const heading = el("h2");
      const section = el("section", "panel text", heading, el("div", "canvas", canvas));
      this.#drawings.append(section);
      chart = Object.assign(new TimeChart(canvas, stacked), { section, heading });
      this.#charts.set(id, chart);
    }
    chart.heading.textContent = title;
    chart.section.hidden = drawn.length === 0;
    if (drawn.length > 0) {
      const words_ = drawn.map((line) => `${line.label} from ${number(line.values.find((v) => v !== null))} to ${number(line.values.findLast((v) => v !== null))}`).join(", ");
      chart.show(course.at, drawn, `${title}: ${words_}`);
    }
  }
}
