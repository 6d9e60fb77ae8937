// The rows of the table of processes. What has not changed stays, and many are made a few at a time, so that a page of
// hundreds of processes goes on answering its reader.
import { sparkline } from "/charts.js";
import { el, name, number, words } from "/format.js";
import { fdsCell, judged, level, room, sum, tcpCell, verdictCell, wellSeen } from "/view.js";

const AT_ONCE = 40;
const TREND = 3;

/** Beyond the reuse of pids. */
export const key = (process) => `${process.pid}-${process.start_ticks}`;

/** All of a process that a row shows, but for its history. */
function content(process) {
  const { target, command, container, probes, leak_state: state, verdicts, findings, fds, tcp, stale, threads, goroutines } = process;
  const peers = (process.peers ?? []).map((peer) => [peer.peer, peer.direction, peer.count]);
  return JSON.stringify([target, command, container, probes, state, verdicts, findings[0]?.cause, fds.open, room(fds), tcp, peers,
    stale && sum(stale), threads && sum(threads), goroutines?.count, judged(process), wellSeen(process)]);
}

/** Does something to a row that takes the focus from it, and gives it back. */
function keepingFocus(row, change) {
  const focused = row.contains(document.activeElement);
  change();
  if (focused) {
    row.querySelector("a").focus({ preventScroll: true });
  }
}

export class Rows {
  #body;
  #titles;
  #known = new Map();
  #turn = 0;

  /** @param titles of the columns, which narrow screens show in each row */
  constructor(body, titles) {
    this.#body = body;
    this.#titles = titles;
  }

  /** @param lines the history of each, by its key */
  show(processes, lines) {
    const shown = new Set(processes.map(key));
    this.#known.forEach(({ row }, id) => {
      if (!shown.has(id)) {
        row.remove();
        this.#known.delete(id);
      }
    });
    this.#turn++;
    this.#place(processes, lines, 0, this.#body.firstChild, this.#turn);
  }

  /** Puts the next few in their places; those behind follow when the browser has seen to its user. */
  #place(processes, lines, from, before, turn) {
    if (turn !== this.#turn) {
      return;
    }
    let next = before;
    const to = Math.min(from + AT_ONCE, processes.length);
    for (const process of processes.slice(from, to)) {
      const row = this.#rowOf(process, lines.get(key(process)));
      if (row === next) {
        next = next.nextSibling;
      } else {
        keepingFocus(row, () => this.#body.insertBefore(row, next));
      }
    }
    if (to < processes.length) {
      setTimeout(() => this.#place(processes, lines, to, next, turn));
    }
  }

  /** The row of a process, in its present state. */
  #rowOf(process, line) {
    const id = key(process);
    const now = content(process);
    let known = this.#known.get(id);
    if (known === undefined) {
      known = { row: el("tr") };
      known.row.setAttribute("role", "row");
      this.#known.set(id, known);
    }
    if (known.content !== now) {
      keepingFocus(known.row, () => known.row.replaceChildren(...this.#cells(process, line)));
    } else if (known.line !== line) {
      known.row.children[TREND].replaceChildren(sparkline(line, level(process)));
    }
    Object.assign(known, { content: now, line });
    return known.row;
  }

  #cells(process, line) {
    const link = el("a", "name", name(process.target));
    link.href = `#${process.pid}`;
    const place = process.container ? [process.container.namespace, process.container.pod, process.container.container].filter(Boolean).join("/") : "";
    const command = process.command === process.target ? "" : `${process.command} · `;
    const gaps = Object.values(process.probes).filter((probe) => !probe.ok);
    const who = el("td", "", link, el("div", "sub", name(`${command}pid ${process.pid}${place ? ` · ${place}` : ""}`)));
    if (gaps.length > 0) {
      const note = el("div", "sub gaps", `${gaps.length} of ${Object.keys(process.probes).length} looks fail`);
      note.title = gaps.map((gap) => `${gap.what}: ${words(gap.reason)}`).join("\n");
      who.append(note);
    }
    const stale = process.stale === undefined ? undefined : sum(process.stale);
    const cells = [who, verdictCell(process), fdsCell(process), el("td", "trend", sparkline(line, level(process))),
      tcpCell(process), el("td", `number ${stale > 0 ? "stale-some" : "dim"}`, number(stale)),
      el("td", "number", process.threads ? number(sum(process.threads)) : "–"), el("td", "number", number(process.goroutines?.count))];
    cells.forEach((cell, i) => {
      cell.dataset.label = this.#titles[i];
      cell.setAttribute("role", i === 0 ? "rowheader" : "cell");
    });
    return cells;
  }
}
