// Figures and names as a person reads them.

const grouped = new Intl.NumberFormat("en");
const tenths = new Intl.NumberFormat("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

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

/** A rate as sentences of findings tell it: "+119 an hour", slow ones "+3.5 a day". */
export function growth(perSecond) {
  return `${rate(perSecond)} ${per(perSecond)}`;
}

/** The time of a rate, for what is slow a longer one. */
export const per = (perSecond) => (Math.abs(perSecond * 3600) >= 1 ? "an hour" : "a day");

/** The figure of a rate. */
export function rate(perSecond) {
  const hour = perSecond * 3600;
  return (perSecond > 0 ? "+" : "") + (Math.abs(hour) >= 1 ? grouped.format(Math.round(hour)) : tenths.format(hour * 24));
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
