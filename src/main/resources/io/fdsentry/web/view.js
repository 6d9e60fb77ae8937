// What the overview and the page of a process have in common: verdicts, findings, bars.
import { duration, el, growth, limit, name, number, words } from "/format.js";

export const LEVELS = ["none", "suspected", "confirmed", "urgent"];
const MAIN_STATES = ["established", "close_wait", "closed", "listen"];
export const sum = (counts) => Object.values(counts ?? {}).reduce((a, b) => a + b, 0);
export const level = (process) => LEVELS.indexOf(process.leak_state);

/** The limit that counts: undefined where unknown, null where there is none. */
export const room = (fds) => (fds.effective === undefined ? fds.soft : fds.effective ?? fds.soft);

/** Share of the fd limit that is used, 0 where it cannot be told. */
export function share(process) {
  const max = room(process.fds);
  return process.fds.open === undefined || !max ? 0 : process.fds.open / max;
}

/** Seconds until the first thing runs out; infinite where nothing grows. */
export const timeLeft = (process) => Math.min(...process.verdicts.map((v) => v.seconds_to_limit ?? Infinity), Infinity);

/** Whether enough of a process is seen for "ok" to mean something. */
export const wellSeen = (process) => Boolean(process.probes.sockets?.ok && process.probes.fds.ok);

/** Whether there were enough rounds to think anything of it. */
export const judged = (process) => process.verdicts.some((v) => v.growth_per_second !== undefined);

/** What is thought of a process, in a word; "ok" only where enough could be seen, and for long enough, to say so. */
export function verdict(process) {
  if (process.leak_state !== "none") {
    return process.leak_state;
  }
  if (!judged(process)) {
    return process.verdicts.length === 0 ? "not judged yet" : "warming up";
  }
  return wellSeen(process) ? "ok" : "none seen";
}

export function badge(process) {
  const word = verdict(process);
  const sure = word === "ok" ? "none" : "unknown";
  return el("span", `badge ${process.leak_state === "none" ? sure : word}`, word);
}

export function verdictCell(process) {
  const cell = el("td", "", badge(process));
  const cause = process.findings[0]?.cause;
  if (cause && cause !== "unknown") {
    cell.append(el("div", "why", words(cause)));
  }
  if (process.leak_state !== "none" && Number.isFinite(timeLeft(process))) {
    cell.append(el("div", "why", `limit in ${duration(timeLeft(process))}`));
  }
  return cell;
}

/** By what the times of a process are divided: 1, but in demonstrations and tests. */
export const timeScale = (process, round) => round.targets.find((target) => target.name === process.target)?.time_scale ?? 1;

const THINGS = { fds: "file descriptors", threads: "threads", goroutines: "goroutines" };

/** What leaks to whom: "leaks sockets to 10.0.0.1:80 (shop)". The end that only keeps what the other does not close leaks nothing. */
export function leaks(f) {
  const held = f.role === "held";
  const does = held ? "has more and more" : f.state === "suspected" ? "may leak" : "leaks";
  const known = f.peer_process ? ` (${f.peer_process})` : "";
  const whom = f.peer ? ` ${held ? "with" : "to"} ${f.peer}${known}` : f.peer_process ? ` with ${f.peer_process}` : "";
  return `${does} ${THINGS[f.resource] ?? "sockets"}${whom}`;
}

/**
 * A diagnosis in words and figures.
 * @param who the process, where it is not clear from the place
 */
export function finding(f, who = null, pid = null) {
  const since = new Date(f.since);
  const facts = [f.cause === "unknown" ? "cause: not known" : `likely cause: ${words(f.cause)}`,
    `since ${since.toLocaleString()}, for ${duration((Date.now() - since) / 1000)}`];
  if (f.growth_per_second) {
    facts.push(growth(f.growth_per_second));
  }
  if (typeof f.seconds_to_limit === "number") {
    facts.push(`limit in ${duration(f.seconds_to_limit)}`);
  }
  if (f.role === "held") {
    facts.push(`held by ${f.peer_process || "the other end"}`);
  }
  return el("article", `finding ${f.state}`,
    el("h2", "", el("span", `badge ${f.state}`, f.state), el("span", "", who, " ", name(leaks(f))), pid),
    el("p", "", name(f.sentence)),
    f.site ? el("p", "site", "waiting at ", name(f.site)) : null,
    el("p", "facts", ...facts.map((fact) => el("span", "", fact))));
}

/**
 * What cannot be seen, and how to allow it: what has the same reason and remedy is said once.
 * @param gaps probes that fail; of: an element that says of whom, or null
 */
export function unseen(gaps) {
  const said = new Map();
  for (const gap of gaps) {
    const remedy = [gap.remedy, gap.detail && `(${gap.detail})`].filter(Boolean).join(" ");
    const same = `${gap.reason} ${remedy} ${gap.of?.textContent}`;
    said.set(same, { ...gap, remedy, whats: [...(said.get(same)?.whats ?? []), gap.what] });
  }
  return [el("h2", "", "What cannot be seen, and how to allow it"), el("ul", "", ...[...said.values()].map((gap) =>
    el("li", "", el("b", "", gap.whats.join("; ")), gap.of, `: ${words(gap.reason)}. `, el("span", "remedy", gap.remedy))))];
}

/** A record of evidence to download, with what it tells. */
export function record(kept, ...who) {
  const link = el("a", "", `Download ${kept.id}`);
  link.href = `/api/v1/evidence/${kept.id}`;
  link.download = `${kept.id}.json`;
  return el("li", "", ...who, link, ` ${words(kept.occasion)}, ${new Date(kept.recorded_at).toLocaleString()}`,
    kept.cause && kept.cause !== "unknown" ? `, ${words(kept.cause)}` : "");
}

/** How much of the limit is used. */
export function fdsBar(process) {
  const used = share(process);
  const fill = el("i", used >= 0.8 ? "bad" : used >= 0.5 ? "warn" : "");
  fill.style.width = `${Math.min(100, used * 100)}%`;
  return el("div", "bar", fill);
}

export function fdsCell(process) {
  const max = room(process.fds);
  const used = share(process);
  const cell = el("td", "fds", el("div", "figures",
    el("span", "", el("b", "", number(process.fds.open)), max === undefined ? "" : ` of ${limit(max)}`),
    el("span", "dim", used > 0 ? `${(used * 100).toFixed(used < 0.1 ? 1 : 0)} %` : "")));
  if (max) {
    cell.append(fdsBar(process));
  }
  return cell;
}

/** The peer with most sockets, all states together; undefined where there is none. */
function topPeer(process) {
  const peers = new Map();
  for (const peer of process.peers ?? []) {
    if (peer.peer !== "other") {
      const id = `${peer.peer} ${peer.direction}`;
      peers.set(id, { ...peer, count: peer.count + (peers.get(id)?.count ?? 0) });
    }
  }
  return [...peers.values()].sort((a, b) => b.count - a.count)[0];
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
  const top = topPeer(process);
  return el("td", "tcp", states, bar, top === undefined ? null
    : el("div", "sub", `${number(top.count)} ${top.direction === "in" ? "from" : "to"} `, name(top.peer)));
}
