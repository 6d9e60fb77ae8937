// Figures and names as a person reads them.

const grouped = new Intl.NumberFormat("en");

/** A whole number with separators; a dash for what is not known. */
export const number = (value) => (value === undefined ? "–" : grouped.format(value));

/** A limit: null is none. */
export const limit = (value) => (value === null ? "unlimited" : number(value));

const STEPS = [["d", 86400], ["h", 3600], ["min", 60], ["s", 1]];

/** The two largest parts of a duration: "3 d 4 h". */
export function duration(seconds) {
  let rest = Math.max(0, Math.round(seconds));
  const parts = [];
  for (const [unit, size] of STEPS) {
    const n = Math.floor(rest / size);
    rest -= n * size;
    if (n > 0 || (parts.length === 0 && unit === "s")) {
      parts.push(`${grouped.format(n)} ${unit}`);
    } else if (parts.length > 0) {
      break;
    }
    if (parts.length === 2) {
      break;
    }
  }
  return parts.join(" ");
}

/** A rate in the unit that reads best: "+119 an hour". */
export function growth(perSecond) {
  const sign = perSecond > 0 ? "+" : "";
  for (const [unit, size] of [["second", 1], ["minute", 60], ["hour", 3600], ["day", 86400]]) {
    const rate = perSecond * size;
    if (Math.abs(rate) >= 1 || unit === "day") {
      return `${sign}${grouped.format(Number(rate.toPrecision(3)))} ${unit === "hour" ? "an" : "a"} ${unit}`;
    }
  }
  return "";
}

/** Words out of a label: "close_wait" is "close wait". */
export const words = (label) => label.replaceAll("_", " ");

/** A name others chose, without anything that moves, hides or turns text. */
export const plain = (text) => String(text).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, "\uFFFD");

/** An element. Text is always text: names of processes and peers are chosen by others. */
export function el(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) {
    element.className = className;
  }
  for (const child of children) {
    if (child !== null && child !== undefined) {
      element.append(child instanceof Node ? child : plain(child));
    }
  }
  return element;
}

/** Isolated, so that a right-to-left name does not turn what stands beside it. */
export const name = (text) => el("bdi", "", text);
