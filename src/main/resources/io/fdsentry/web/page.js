// Asks for the last round again and again, and shows it: the worst process first.
import { duration, el, growth, name, number, plain, words } from "/format.js";
import { details, fdsCell, peerCell, seesCell, share, sum, tcpCell, verdictCell } from "/view.js";

const POLL_MS = 3000;
const AT_FIRST = 100;
const LEVELS = ["none", "suspected", "confirmed", "urgent"];
const byId = (id) => document.getElementById(id);
const open = new Set();
let round = null;
let tag = null;
let gap = null;
let trouble = "";
let showAll = false;

const counted = (processes) => `${number(processes)} ${processes === 1 ? "process" : "processes"}`;
const key = (process) => `${process.pid}-${process.start_ticks}`;
const level = (process) => LEVELS.indexOf(process.leak_state);
const worstFirst = (a, b) => level(b) - level(a) || share(b) - share(a) || sum(b.stale) - sum(a.stale)
  || (b.fds.open ?? 0) - (a.fds.open ?? 0) || a.pid - b.pid;

function matches(process, wanted) {
  const text = [process.target, process.command, process.pid, process.leak_state, ...Object.values(process.container ?? {}),
    ...(process.peers ?? []).map((peer) => peer.peer),
    ...Object.entries(process.tcp ?? {}).filter(([, n]) => n > 0).map(([state]) => state)].join(" ").toLowerCase();
  return wanted.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

function row(process) {
  const button = el("button", "name", process.target);
  button.type = "button";
  button.dataset.key = key(process);
  button.setAttribute("aria-expanded", String(open.has(key(process))));
  const place = process.container ? [process.container.namespace, process.container.pod, process.container.container].filter(Boolean).join("/") : "";
  const command = process.command === process.target ? "" : `${process.command} · `;
  const stale = process.stale === undefined ? undefined : sum(process.stale);
  return el("tr", "",
    el("td", "", button, el("div", "sub", name(`${command}pid ${process.pid}${place ? ` · ${place}` : ""}`))),
    verdictCell(process), fdsCell(process), tcpCell(process),
    el("td", `number ${stale > 0 ? "stale-some" : "dim"}`, number(stale)),
    peerCell(process),
    el("td", "number", process.threads ? number(sum(process.threads)) : "–"),
    el("td", "number", number(process.goroutines?.count)),
    seesCell(process));
}

function showRows() {
  const focused = document.activeElement?.dataset?.key;
  const wanted = byId("filter").value.trim();
  const all = round.items.filter((process) => wanted === "" || matches(process, wanted)).sort(worstFirst);
  const shown = showAll ? all : all.slice(0, AT_FIRST);
  const rows = shown.flatMap((process) => (open.has(key(process)) ? [row(process), details(process)] : [row(process)]));
  byId("rows").replaceChildren(...rows);
  byId("more").hidden = shown.length === all.length;
  byId("all").textContent = `Show all ${number(all.length)} processes`;
  if (focused) {
    byId("rows").querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  }
}

function showSummary() {
  const count = (state) => round.items.filter((process) => process.leak_state === state).length;
  const gaps = round.items.filter((process) => Object.values(process.probes).some((probe) => !probe.ok)).length;
  const chips = [["", round.items.length, "processes"], ["urgent", count("urgent"), "urgent"], ["confirmed", count("confirmed"), "confirmed"],
    ["suspected", count("suspected"), "suspected"], ["", round.items.reduce((n, p) => n + (p.fds.open ?? 0), 0), "open fds"],
    ["", round.items.reduce((n, p) => n + sum(p.stale), 0), "stale sockets"], ["", gaps, "not fully seen"]];
  byId("summary").replaceChildren(...chips
    .filter(([state, n]) => state === "" || n > 0)
    .map(([state, n, label]) => el("li", state, el("b", "", number(n)), label)));
}

function showFindings() {
  const found = round.items.flatMap((process) => process.findings.map((finding) => ({ process, finding })))
    .sort((a, b) => LEVELS.indexOf(b.finding.state) - LEVELS.indexOf(a.finding.state));
  byId("findings").hidden = found.length === 0;
  byId("findings").replaceChildren(...found.map(({ process, finding }) => {
    const facts = [`since ${new Date(finding.since).toLocaleString()}`];
    if (finding.growth_per_second) {
      facts.push(growth(finding.growth_per_second));
    }
    if (typeof finding.seconds_to_limit === "number") {
      facts.push(`limit in ${duration(finding.seconds_to_limit)}`);
    }
    if (finding.role === "held") {
      facts.push(`held by ${finding.peer_process || "the other end"}`);
    }
    return el("article", `finding ${finding.state}`,
      el("h2", "", el("span", `badge ${finding.state}`, finding.state), name(process.target), el("span", "dim", `pid ${process.pid}`),
        el("span", "dim", words(finding.cause))),
      el("p", "", name(finding.sentence)),
      el("p", "facts", ...facts.map((fact) => el("span", "", fact))));
  }));
}

function showUnseen() {
  const gaps = new Map();
  for (const process of round.items) {
    for (const probe of Object.values(process.probes).filter((p) => !p.ok && p.reason !== "gone")) {
      const entry = gaps.get(`${probe.what} ${probe.reason}`) ?? { ...probe, targets: new Set(), count: 0 };
      entry.targets.add(process.target);
      entry.count++;
      gaps.set(`${probe.what} ${probe.reason}`, entry);
    }
  }
  byId("unseen").hidden = gaps.size === 0;
  byId("unseen").replaceChildren(el("h2", "", "What cannot be seen, and how to allow it"),
    el("ul", "", ...[...gaps.values()].map((entry) => {
      const some = [...entry.targets].slice(0, 4).map(plain).join(", ");
      const others = entry.targets.size > 4 ? ` and ${entry.targets.size - 4} more` : "";
      return el("li", "", el("b", "", entry.what), ` of ${counted(entry.count)} (`,
        name(some), `${others}): ${words(entry.reason)}. `, el("span", "remedy", entry.remedy));
    })));
}

function showTargets() {
  const odd = round.targets.filter((target) => target.processes === 0 || target.undecided > 0);
  byId("targets").hidden = odd.length === 0;
  byId("targets").replaceChildren(el("h2", "", "Targets to look at"), el("ul", "", ...odd.map((target) => el("li", "", name(target.name),
    target.processes === 0 ? " has no process" : ` has ${counted(target.processes)}`,
    target.undecided > 0 ? `; of ${number(target.undecided)} more it cannot be told whether they belong to it` : ""))));
}

function showStatus() {
  const notices = [];
  if (trouble) {
    notices.push(trouble);
  }
  if (round) {
    const age = (Date.now() - Date.parse(round.sampled_at)) / 1000;
    const late = gap !== null && age > 3 * gap + 5;
    byId("round").replaceChildren(el("span", late ? "late" : "", `sampled ${duration(age)} ago`),
      ` · took ${Math.round(round.sample_seconds * 1000)} ms`,
      round.scan_coverage < 1 ? ` · ${Math.round(round.scan_coverage * 100)} % scanned this round` : "");
    if (!round.config.last_reload_successful) {
      notices.push(`The configuration could not be loaded; the one in force stays.\n${round.config.problems.join("\n")}`);
    }
    byId("config").replaceChildren("configuration: ", name(round.config.source));
  }
  byId("notices").replaceChildren(...notices.map((text) => el("p", "notice", text)));
}

function show() {
  if (round) {
    showSummary();
    showFindings();
    showRows();
    showUnseen();
    showTargets();
  }
  showStatus();
}

/** "#4242" in the address opens the details of that process. */
function openLinked(first) {
  const linked = first.items.find((process) => `#${process.pid}` === location.hash);
  if (linked) {
    open.add(key(linked));
  }
}

async function ask() {
  try {
    const answer = await fetch("/api/v1/processes", { cache: "no-store", headers: tag ? { "If-None-Match": tag } : {} });
    trouble = "";
    if (answer.status === 200) {
      const next = await answer.json();
      gap = round && next.sampled_at !== round.sampled_at ? (Date.parse(next.sampled_at) - Date.parse(round.sampled_at)) / 1000 : gap;
      if (!round) {
        openLinked(next);
      }
      round = next;
      tag = answer.headers.get("ETag");
      show();
      return;
    }
    if (answer.status !== 304 && answer.status !== 503) {
      trouble = `fdsentry answered ${answer.status}: ${(await answer.text()).trim()}`;
    }
  } catch {
    trouble = "fdsentry does not answer.";
  }
  showStatus();
}

async function poll() {
  if (!document.hidden) {
    await ask();
  }
  setTimeout(poll, POLL_MS);
}

byId("filter").addEventListener("input", () => round && showRows());
byId("all").addEventListener("click", () => { showAll = true; showRows(); });
byId("rows").addEventListener("click", (event) => {
  const wanted = event.target.closest?.("[data-key]")?.dataset.key;
  if (wanted) {
    open.has(wanted) ? open.delete(wanted) : open.add(wanted);
    showRows();
  }
});
document.addEventListener("visibilitychange", () => { if (!document.hidden) { ask(); } });
setInterval(showStatus, 1000);
poll();
