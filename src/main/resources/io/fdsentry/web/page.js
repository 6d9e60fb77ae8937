// Asks for the last round again and again, and shows all processes, or the one whose pid is in the address.
import { duration, el, name, plain } from "/format.js";
import { Overview } from "/overview.js";
import { ProcessView } from "/process.js";

const POLL_MS = 3000;
const HISTORY_MS = 9000;
const EVIDENCE_MS = 30000;
const byId = (id) => document.getElementById(id);
const known = new Map();
let round = null;
let history = null;
let historyAsked = 0;
let evidence = null;
let evidenceAsked = 0;
let gap = null;
let trouble = "";

const overview = new Overview();
let view = null;

/** What a path answers, from here while it is still the same; null where there is nothing. */
async function get(path) {
  const before = known.get(path);
  // Whole: an address with a name and a password in it, as the page's own may be, is refused.
  const answer = await fetch(location.origin + path, { cache: "no-store", headers: before ? { "If-None-Match": before.tag } : {} });
  if (answer.status === 304) {
    return before.body;
  }
  if (answer.status === 503 || answer.status === 404) {
    known.delete(path);
    return null;
  }
  if (answer.status !== 200) {
    throw new Error(`fdsentry answered ${answer.status}: ${(await answer.text()).trim()}`);
  }
  const body = await answer.json();
  if (answer.headers.get("ETag")) {
    known.set(path, { tag: answer.headers.get("ETag"), body });
  }
  return body;
}

function showStatus() {
  const notices = trouble ? [trouble] : [];
  if (round) {
    const age = (Date.now() - Date.parse(round.sampled_at)) / 1000;
    const late = gap !== null && age > 3 * gap + 5;
    byId("round").replaceChildren(el("span", late ? "late" : "", `sampled ${duration(age)} ago`),
      ` · took ${Math.round(round.sample_seconds * 1000)} ms`,
      round.scan_coverage < 1 ? ` · ${Math.round(round.scan_coverage * 100)} % scanned this round` : "");
    if (!round.config.last_reload_successful) {
      notices.push(`The configuration could not be loaded; the one in force stays.\n${round.config.problems.join("\n")}`);
    }
    const sped = new Set(round.targets.map((target) => target.time_scale).filter((scale) => scale !== undefined));
    byId("config").replaceChildren("configuration: ", name(round.config.source),
      ...(sped.size > 0 ? [`; played at speed: its times are divided by ${[...sped].join(" and ")}`] : []));
  }
  const text = notices.map(plain).join("\n");
  if (byId("notices").textContent !== text) {
    byId("notices").replaceChildren(...notices.map((notice) => el("p", "notice", notice)));
  }
}

/** The pid in the address, or null. */
const wantedPid = () => /^#([1-9][0-9]*)$/.exec(location.hash)?.[1] ?? null;

async function showProcess(pid) {
  if (view?.pid !== pid) {
    view?.close();
    view = new ProcessView(byId("process"), pid);
  }
  if (!round?.items.some((process) => String(process.pid) === pid)) {
    const evidence = await get("/api/v1/evidence");
    if (wantedPid() === pid) {
      view.show(null, null, evidence, null);
    }
    return;
  }
  const [process, course, evidence] = await Promise.all(
    [`/api/v1/processes/${pid}`, `/api/v1/processes/${pid}/history`, "/api/v1/evidence"].map(get));
  if (wantedPid() === pid) {
    view.show(process, course, evidence, round);
  }
}

async function show() {
  const pid = wantedPid();
  byId("overview").hidden = pid !== null;
  byId("search").hidden = pid !== null;
  byId("process").hidden = pid === null;
  document.title = pid === null ? "fdsentry" : `${pid} · fdsentry`;
  if (pid !== null) {
    await showProcess(pid);
    return;
  }
  view?.close();
  view = null;
  if (Date.now() - historyAsked > HISTORY_MS) {
    historyAsked = Date.now();
    history = await get("/api/v1/history");
  }
  showOverview();
  if (Date.now() - evidenceAsked > EVIDENCE_MS) {
    evidenceAsked = Date.now();
    // Not waited for: a disk that fails or hangs does not keep what is live from being shown.
    get("/api/v1/evidence").then((kept) => {
      evidence = kept;
      showOverview();
    }, () => {});
  }
}

function showOverview() {
  if (round && wantedPid() === null) {
    overview.show(round, history, evidence);
  }
}

async function ask() {
  try {
    const next = await get("/api/v1/processes");
    if (next !== null) {
      gap = round && next.sampled_at !== round.sampled_at ? (Date.parse(next.sampled_at) - Date.parse(round.sampled_at)) / 1000 : gap;
      round = next;
    }
    await show();
    trouble = "";
  } catch (problem) {
    trouble = problem instanceof TypeError ? "fdsentry does not answer." : problem.message;
  }
  showStatus();
}

async function poll() {
  if (!document.hidden) {
    await ask();
  }
  setTimeout(poll, POLL_MS);
}

addEventListener("hashchange", () => {
  ask();
  scrollTo(0, 0);
  byId("main").focus({ preventScroll: true });
});
document.addEventListener("visibilitychange", () => { if (!document.hidden) { ask(); } });
setInterval(showStatus, 1000);
poll();
