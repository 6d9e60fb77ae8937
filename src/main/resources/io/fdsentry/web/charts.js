// Counts over time: small lines in rows, and charts that can be read off. Colours are those of the style sheet.
import { number } from "/format.js";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 120;
const HEIGHT = 30;

/** A colour of the style sheet, light or dark as the page is. */
const css = (variable) => getComputedStyle(document.documentElement).getPropertyValue(variable).trim();

/** The open fds of a row; an empty drawing where nothing is known yet. */
export function sparkline(line, level) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
  drawing.setAttribute("class", `spark level-${level}`);
  drawing.setAttribute("role", "img");
  const points = (line?.fds ?? []).map((count, i) => [line.at[i], count]).filter(([, count]) => count !== null);
  if (points.length < 2) {
    drawing.setAttribute("aria-label", "no history yet");
    return drawing;
  }
  const counts = points.map(([, count]) => count);
  const [first, last] = [points[0][0], points.at(-1)[0]];
  const [low, high] = [Math.min(...counts), Math.max(...counts)];
  // A level line stays level: what moves by less than a twentieth is not made to look like a climb.
  const span = Math.max(high - low, high / 20, 4);
  const bottom = Math.max(0, (low + high) / 2 - span / 2);
  const path = points.map(([at, count], i) => {
    const x = 2 + ((at - first) / Math.max(1, last - first)) * (WIDTH - 4);
    const y = HEIGHT - 3 - ((count - bottom) / span) * (HEIGHT - 6);
    return `${i === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`;
  }).join("");
  const stroke = document.createElementNS(SVG, "path");
  stroke.setAttribute("d", path);
  drawing.append(stroke);
  drawing.setAttribute("aria-label", `open fds from ${number(counts[0])} to ${number(counts.at(-1))}, between ${number(low)} and ${number(high)}`);
  return drawing;
}

/** The time of a point, as short as the span of the chart allows. */
function clock(seconds, span) {
  const at = new Date(seconds * 1000);
  return span > 86400 * 2 ? at.toLocaleDateString([], { month: "short", day: "numeric" })
    : at.toLocaleTimeString([],
      { hour: "2-digit", minute: "2-digit", ...(span < 600 ? { second: "2-digit" } : {}), hourCycle: "h23" });
}

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400];
const TICK_WIDTH = 90;

/** Ticks at times that a person would choose, no more than there is room for. */
function roundTimes(scale) {
  const room = Math.max(2, Math.floor(scale.width / TICK_WIDTH));
  const step = STEPS.find((s) => (scale.max - scale.min) / s <= room) ?? 86400 * Math.ceil((scale.max - scale.min) / 86400 / room);
  const zone = new Date(scale.max * 1000).getTimezoneOffset() * 60;
  scale.ticks = [];
  for (let at = Math.ceil((scale.min - zone) / step) * step + zone; at <= scale.max; at += step) {
    scale.ticks.push({ value: at });
  }
}

function options(stacked) {
  const text = css("--dim");
  const grid = { color: css("--line") };
  const span = (scale) => scale.max - scale.min;
  return {
    animation: false, responsive: true, maintainAspectRatio: false, normalized: true, parsing: false, spanGaps: false,
    interaction: { mode: "index", intersect: false },
    elements: { point: { radius: 0, hitRadius: 6 }, line: { borderWidth: stacked ? 1 : 2 } },
    scales: {
      x: { type: "linear", bounds: "data", grid: { display: false }, border: grid, afterBuildTicks: roundTimes,
        ticks: { color: text, maxRotation: 0, autoSkip: false, callback(value) { return clock(value, span(this)); } } },
      y: { stacked, beginAtZero: true, grid, border: { display: false }, ticks: { color: text, precision: 0, maxTicksLimit: 6, callback: (value) => number(value) } },
    },
    plugins: {
      legend: { position: "bottom", labels: { color: text, usePointStyle: true, pointStyleWidth: 16, boxHeight: 8, padding: 10 } },
      tooltip: { callbacks: { title: ([item]) => new Date(item.parsed.x * 1000).toLocaleString(), label: (item) => `${item.dataset.label}: ${number(item.parsed.y)}` } },
    },
  };
}

/** A chart over time, drawn again with each round. */
export class TimeChart {
  #chart = null;
  #canvas;
  #stacked;

  /** @param stacked whether the lines are parts of a whole */
  constructor(canvas, stacked) {
    this.#canvas = canvas;
    this.#stacked = stacked;
  }

  /** @param lines of `{label, colour, values, dashed}`; values as long as the times, null where unknown */
  show(at, lines, words) {
    this.#canvas.setAttribute("aria-label", words);
    const datasets = lines.map((line, index) => ({
      label: line.label, borderColor: css(line.colour), backgroundColor: this.#stacked ? `${css(line.colour)}99` : css(line.colour),
      fill: this.#stacked && (index === 0 ? "origin" : "-1"), borderDash: line.dashed ? [6, 5] : [], pointStyle: line.dashed ? "line" : "rectRounded", data: at.map((x, i) => ({ x, y: line.values[i] })),
    }));
    if (this.#chart === null) {
      this.#chart = new globalThis.Chart(this.#canvas, { type: "line", data: { datasets }, options: options(this.#stacked) });
      return;
    }
    this.#keepHidden(datasets);
    this.#chart.data.datasets = datasets;
    this.#chart.options = options(this.#stacked);
    this.#chart.update("none");
  }

  /** Lines that were switched off in the legend stay off. */
  #keepHidden(datasets) {
    const off = new Set(this.#chart.data.datasets.filter((_, i) => !this.#chart.isDatasetVisible(i)).map((line) => line.label));
    datasets.forEach((line) => { line.hidden = off.has(line.label); });
  }

  close() {
    this.#chart?.destroy();
  }
}
