// All processes: whether anything leaks, what, to whom, and how long is left.
import { duration, el, name, number, plain, words } from "/format.js";
import { key, Rows } from "/rows.js";
import { finding, judged, leaks, LEVELS, level, record, share, sum, timeLeft, unseen, verdict, wellSeen } from "/view.js";

const AT_FIRST = 100;
const AT_MOST = 10;
const byId = (id) => document.getElementById(id);
const counted = (processes) => `${number(processes)} ${processes === 1 ? "process" : "processes"}`;
const worst = (a, b) => level(b) - level(a) || timeLeft(a) - timeLeft(b) || share(b) - share(a) || sum(b.stale) - sum(a.stale)
  || (b.fds.open ?? 0) - (a.fds.open ?? 0) || a.pid - b.pid;
const most = (figure) => (a, b) => (figure(b) ?? -1) - (figure(a) ?? -1) || a.pid - b.pid;

const COLUMNS = [
  { id: "name", title: "Process", by: (a, b) => a.target.localeCompare(b.target) || a.pid - b.pid },
  { id: "verdict", title: "Verdict", by: worst },
  { id: "fds", title: "File descriptors", by: most((p) => p.fds.open) },
  { id: "trend", title: "So far", hint: "Open fds over the time that is kept in memory" },
  { id: "tcp", title: "TCP sockets", by: most((p) => p.tcp && sum(p.tcp)) },
  { id: "stale", title: "Abandoned", number: true, hint: "Sockets that look abandoned", by: most((p) => p.stale && sum(p.stale)) },
  { id: "threads", title: "Threads", number: true, by: most((p) => p.threads && sum(p.threads)) },
  { id: "goroutines", title: "Goroutines", number: true, by: most((p) => p.goroutines?.count) },
];

function matches(process, wanted) {
  const text = [process.target, process.command, process.pid, verdict(process), ...Object.values(process.container ?? {}),
    ...process.findings.map((f) => words(f.cause)), ...(process.peers ?? []).map((peer) => peer.peer),
    ...Object.entries(process.tcp ?? {}).filter(([, n]) => n > 0).map(([state]) => state)].join(" ").toLowerCase();
  return wanted.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

export class Overview {
  #round = null;
  #lines = new Map();
  #sort = "verdict";
  #reversed = false;
  #showAll = false;
  #rows = new Rows(byId("rows"), COLUMNS.map((column) => column.title));

  constructor() {
    byId("filter").addEventListener("input", () => this.#round && this.#showRows());
    byId("all").addEventListener("click", () => { this.#showAll = true; this.#showRows(); });
    byId("headings").replaceChildren(...COLUMNS.map((column) => this.#heading(column)));
  }

  show(round, history, evidence) {
    this.#round = round;
    this.#lines = new Map((history?.items ?? []).map((line) => [key(line), line]));
    this.#showAnswer();
    this.#showFindings();
    this.#showRows();
    this.#showUnseen();
    this.#showTargets();
    this.#showKept(evidence?.items ?? []);
  }

  #heading(column) {
    const cell = el("th", column.number ? "number" : "");
    cell.scope = "col";
    cell.setAttribute("role", "columnheader");
    cell.title = column.hint ?? "";
    if (!column.by) {
      cell.append(column.title);
      return cell;
    }
    const button = el("button", "sort", column.title);
    button.type = "button";
    button.dataset.sort = column.id;
    button.addEventListener("click", () => {
      this.#reversed = this.#sort === column.id && !this.#reversed;
      this.#sort = column.id;
      this.#showRows();
    });
    cell.append(button);
    return cell;
  }

  #showAnswer() {
    const { items } = this.#round;
    const count = (state) => items.filter((process) => process.leak_state === state).length;
    const certain = count("urgent") + count("confirmed");
    const unjudged = items.filter((process) => !judged(process)).length;
    const gaps = items.filter((process) => !wellSeen(process)).length;
    const left = Math.min(...items.filter((p) => level(p) > 0).map(timeLeft));
    const soon = Number.isFinite(left) ? `, the first at its limit in ${duration(left)}` : "";
    let [state, text] = ["none", "No leak is seen"];
    if (certain > 0) {
      [state, text] = [count("urgent") > 0 ? "urgent" : "confirmed", certain === 1 ? this.#who() : `${counted(certain)} leak${soon}`];
    } else if (count("suspected") > 0) {
      [state, text] = ["suspected", `${counted(count("suspected"))} may leak${soon}`];
    } else if (items.length === 0) {
      [state, text] = ["unknown", "No process is watched"];
    } else if (unjudged === items.length) {
      [state, text] = ["unknown", "Too early to tell whether anything leaks"];
    } else if (gaps === items.length) {
      [state, text] = ["unknown", "No leak is seen, but little can be seen"];
    }
    byId("answer").className = state;
    if (byId("verdict").textContent !== text) {
      byId("verdict").textContent = text;
    }
    const parts = [counted(items.length) + " watched", `${number(items.reduce((n, p) => n + (p.fds.open ?? 0), 0))} open fds`,
      `${number(items.reduce((n, p) => n + sum(p.stale), 0))} abandoned sockets`];
    if (certain > 0 && count("suspected") > 0) {
      parts.push(`${number(count("suspected"))} more suspected`);
    }
    if (unjudged > 0 && unjudged < items.length) {
      parts.push(`${number(unjudged)} not judged yet`);
    }
    if (gaps > 0) {
      parts.push(`${number(gaps)} not fully seen`);
    }
    byId("scope").textContent = parts.join(" · ");
  }

  /** Who leaks what to whom, where it is one process. */
  #who() {
    const process = this.#round.items.find((p) => level(p) > 1);
    const worst_ = process.findings.find((f) => f.state === process.leak_state);
    const left = timeLeft(process);
    return plain(`${process.target} ${worst_ ? leaks(worst_) : "leaks"}${Number.isFinite(left) ? `, at its limit in ${duration(left)}` : ""}`);
  }

  #showFindings() {
    const left = (f) => f.seconds_to_limit ?? Infinity;
    const found = this.#round.items.flatMap((process) => process.findings.map((f) => ({ process, finding: f })))
      .sort((a, b) => LEVELS.indexOf(b.finding.state) - LEVELS.indexOf(a.finding.state)
        || (a.finding.cause === "unknown") - (b.finding.cause === "unknown") || left(a.finding) - left(b.finding));
    const shown = found.slice(0, AT_MOST).map(({ process, finding: f }) => {
      const who = el("a", "", name(process.target));
      who.href = `#${process.pid}`;
      return finding(f, who, el("span", "dim", `pid ${process.pid}`));
    });
    if (found.length > shown.length) {
      shown.push(el("p", "dim", `and ${number(found.length - shown.length)} more, which the table has`));
    }
    byId("findings").hidden = found.length === 0;
    byId("findings").replaceChildren(...shown);
  }

  #showRows() {
    const wanted = byId("filter").value.trim();
    const { by } = COLUMNS.find((column) => column.id === this.#sort);
    const all = this.#round.items.filter((process) => wanted === "" || matches(process, wanted))
      .sort((a, b) => (this.#reversed ? -by(a, b) : by(a, b)));
    const shown = this.#showAll ? all : all.slice(0, AT_FIRST);
    this.#rows.show(shown, this.#lines);
    byId("more").hidden = shown.length === all.length;
    byId("nothing").hidden = all.length > 0;
    byId("nothing").textContent = wanted === "" ? "No process is watched." : `No process matches “${plain(wanted)}”.`;
    byId("all").textContent = `Show all ${number(all.length)} processes`;
    for (const button of byId("headings").querySelectorAll("button")) {
      const sorted = button.dataset.sort === this.#sort;
      const ascending = (this.#sort === "name") !== this.#reversed;
      button.parentElement.setAttribute("aria-sort", !sorted ? "none" : ascending ? "ascending" : "descending");
    }
  }

  #showUnseen() {
    const gaps = new Map();
    for (const process of this.#round.items) {
      for (const probe of Object.values(process.probes).filter((p) => !p.ok && p.reason !== "gone")) {
        const entry = gaps.get(`${probe.what} ${probe.reason}`) ?? { ...probe, targets: new Set(), count: 0 };
        entry.targets.add(process.target);
        entry.count++;
        gaps.set(`${probe.what} ${probe.reason}`, entry);
      }
    }
    byId("unseen").hidden = gaps.size === 0;
    byId("unseen").replaceChildren(...unseen([...gaps.values()].map((entry) => {
      const some = [...entry.targets].slice(0, 4).map(plain).join(", ");
      const others = entry.targets.size > 4 ? ` and ${entry.targets.size - 4} more` : "";
      return { ...entry, of: el("span", "", ` of ${counted(entry.count)} (`, name(some), `${others})`) };
    })));
  }

  #showTargets() {
    const odd = this.#round.targets.filter((target) => target.processes === 0 || target.undecided > 0);
    byId("targets").hidden = odd.length === 0;
    byId("targets").replaceChildren(el("h2", "", "Targets to look at"), el("ul", "", ...odd.map((target) => el("li", "", name(target.name),
      target.processes === 0 ? " has no process" : ` has ${counted(target.processes)}`,
      target.undecided > 0 ? `; of ${number(target.undecided)} more it cannot be told whether they belong to it` : ""))));
  }

  /** The last word about processes that have ended: a restart takes the process from the table, not what was recorded of it. */
  #showKept(records) {
    const id = (process) => `${process.target} ${process.pid}`;
    const live = new Set(this.#round.items.map(id));
    const pids = new Set(this.#round.items.map((process) => process.pid));
    const last = new Map(records.toSorted((a, b) => a.recorded_at.localeCompare(b.recorded_at)).map((kept) => [id(kept), kept]));
    const ended = [...last.values()].filter((kept) => !live.has(id(kept))).reverse();
    byId("kept").hidden = ended.length === 0;
    byId("kept").replaceChildren(el("h2", "", "Recorded of processes that have ended"), el("ul", "records", ...ended.slice(0, AT_MOST).map((kept) => {
      const isReused = pids.has(kept.pid);
      const who = el(isReused ? "span" : "a", "", name(kept.target));
      if (!isReused) {
        who.href = `#${kept.pid}`;
      }
      return record(kept, who, ` pid ${kept.pid}: `);
    })));
  }
}
