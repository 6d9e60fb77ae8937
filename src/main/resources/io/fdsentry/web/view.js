// One process as a row, and its details.
import { duration, el, growth, limit, name, number, words } from "/format.js";

const MAIN_STATES = ["established", "close_wait", "closed", "listen"];
export const sum = (counts) => Object.values(counts ?? {}).reduce((a, b) => a + b, 0);

/** The limit that counts: undefined where unknown, null where there is none. */
const room = (fds) => (fds.effective === undefined ? fds.soft : fds.effective ?? fds.soft);

/** Share of the fd limit that is used, 0 where it cannot be told. */
export function share(process) {
  const max = room(process.fds);
  return process.fds.open === undefined || !max ? 0 : process.fds.open / max;
}

/** What is thought of a process; "ok" only where enough could be seen, and for long enough, to say so. */
function badge(process) {
  if (process.leak_state !== "none") {
    return el("span", `badge ${process.leak_state}`, process.leak_state);
  }
  if (process.verdicts.length === 0) {
    return el("span", "badge unknown", "not judged yet");
  }
  if (process.verdicts.every((verdict) => verdict.growth_per_second === undefined)) {
    return el("span", "badge unknown", "warming up");
  }
  return process.probes.sockets?.ok && process.probes.fds.ok
    ? el("span", "badge none", "ok")
    : el("span", "badge unknown", "none seen");
}

export function verdictCell(process) {
  const cell = el("td", "", badge(process));
  const cause = process.findings[0]?.cause;
  if (cause && cause !== "unknown") {
    cell.append(el("div", "why", words(cause)));
  }
  const times = process.verdicts.map((v) => v.seconds_to_limit).filter((s) => typeof s === "number");
  if (process.leak_state !== "none" && times.length > 0) {
    cell.append(el("div", "why", `limit in ${duration(Math.min(...times))}`));
  }
  return cell;
}

export function fdsCell(process) {
  const { open } = process.fds;
  const max = room(process.fds);
  const used = share(process);
  const cell = el("td", "fds", el("div", "figures",
    el("span", "", el("b", "", number(open)), max === undefined ? "" : ` of ${limit(max)}`),
    el("span", "dim", used > 0 ? `${(used * 100).toFixed(used < 0.1 ? 1 : 0)} %` : "")));
  if (max) {
    const fill = el("i", used >= 0.8 ? "bad" : used >= 0.5 ? "warn" : "");
    fill.style.width = `${Math.min(100, used * 100)}%`;
    cell.append(el("div", "bar", fill));
  }
  return cell;
}

export function tcpCell(process) {
  if (!process.tcp) {
    return el("td", "tcp dim", "cannot be seen");
  }
  const total = sum(process.tcp);
  if (total === 0) {
    return el("td", "tcp dim", "none");
  }
  const states = el("div", "states");
  const bar = el("div", "bar");
  const rest = total - sum(Object.fromEntries(MAIN_STATES.map((s) => [s, process.tcp[s]])));
  for (const [state, count] of [...MAIN_STATES.map((s) => [s, process.tcp[s]]), ["rest", rest]]) {
    if (count > 0) {
      states.append(el("span", `state ${state}`, `${number(count)} ${state === "rest" ? "other" : words(state)}`));
      const part = el("i", state);
      part.style.width = `${(count / total) * 100}%`;
      bar.append(part);
    }
  }
  return el("td", "tcp", states, bar);
}

export function peerCell(process) {
  const peers = new Map();
  for (const peer of process.peers ?? []) {
    if (peer.peer !== "other") {
      peers.set(`${peer.peer} ${peer.direction}`, { ...peer, count: peer.count + (peers.get(`${peer.peer} ${peer.direction}`)?.count ?? 0) });
    }
  }
  const [top] = [...peers.values()].sort((a, b) => b.count - a.count);
  return top === undefined
    ? el("td", "peer dim", "–")
    : el("td", "peer", name(top.peer), el("div", "dim", `${number(top.count)} ${top.direction === "in" ? "from there" : "to there"}`));
}

export function seesCell(process) {
  const gaps = Object.values(process.probes).filter((probe) => !probe.ok);
  const cell = el("td", "sees", gaps.length === 0 ? el("span", "dim", "all") : el("span", "gaps", `not ${gaps.length} of ${Object.keys(process.probes).length}`));
  cell.title = gaps.map((gap) => `${gap.what}: ${words(gap.reason)}`).join("\n");
  return cell;
}

function block(title, entries, className = "") {
  if (entries.length === 0) {
    return null;
  }
  const list = el("dl");
  for (const [key, value] of entries) {
    list.append(el("dt", "", key instanceof Node ? key : name(key)), el("dd", "", value));
  }
  return el("div", className, el("h3", "", title), list);
}

const counted = (counts) => Object.entries(counts ?? {}).filter(([, n]) => n > 0).map(([key, n]) => [words(key), number(n)]);

function peers(process) {
  return (process.peers ?? []).map((peer) => [
    el("span", "", name(peer.peer), ` ${peer.direction === "in" ? "in" : "out"}, ${words(peer.state)}`),
    number(peer.count) + (peer.oldest_seconds === undefined ? "" : `, oldest ${duration(peer.oldest_seconds)}`),
  ]);
}

/** Everything else the round knows of a process. */
export function details(process) {
  const { fds } = process;
  const limits = [["soft", fds.soft], ["hard", fds.hard], ["effective", fds.effective]].filter(([, value]) => value !== undefined);
  const gaps = Object.values(process.probes).filter((probe) => !probe.ok);
  const grid = el("div", "grid",
    block("Descriptors by kind", [...counted(fds.kinds), ...(fds.deleted ? [["of deleted files", number(fds.deleted)]] : [])]),
    block("Limits", limits.map(([key, value]) => [key, limit(value)])),
    block("Sockets by protocol", counted(process.sockets)),
    block("TCP states", counted(process.tcp)),
    block("Look abandoned", counted(process.stale)),
    block("CLOSE_WAIT for at least", counted(process.tcp_older?.close_wait)),
    block("Threads", counted(process.threads)),
    block("Growth", process.verdicts.filter((v) => v.growth_per_second).map((v) => [words(v.resource), growth(v.growth_per_second)])),
    block("Peers", peers(process), "wide"),
    block("Goroutines wait at", (process.goroutines?.sites ?? []).map((s) =>
      [`${s.site} (${s.reason})`, `${number(s.count)}, at least ${duration(s.blocked_at_least)}`]), "wide"),
    block("Cannot be seen", gaps.map((gap) => [`${gap.what} (${words(gap.reason)})`, ""])));
  const cell = el("td", "", grid);
  cell.colSpan = 9;
  return el("tr", "details", cell);
}
