import { type Html, html } from "../html.ts";

const WIDTH = 640;
const HEIGHT = 120;

/** Bars for numbers that a table beside it tells, too; as wide as there is room. */
export function barChart(words: string, values: readonly number[]): Html {
  const most = Math.max(1, ...values);
  const step = WIDTH / Math.max(1, values.length);
  return html`<svg role="img" aria-label="${words}" viewBox="0 0 ${String(WIDTH)} ${String(HEIGHT)}" width="100%" height="${String(HEIGHT)}" preserveAspectRatio="none" fill="currentColor">${values.map(
    (value, i) => {
      const height = value === 0 ? 0 : Math.max(1, Math.round((value / most) * HEIGHT));
      return html`<rect x="${(i * step).toFixed(1)}" y="${String(HEIGHT - height)}" width="${Math.max(1, step * 0.8).toFixed(1)}" height="${String(height)}"/>`;
    },
  )}</svg>`;
}
