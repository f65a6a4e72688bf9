import { type Html, html } from "../html.ts";
import { count } from "../text/format.ts";

const WIDTH = 720;
const HEIGHT = 160;
/** Between the lines behind the bars; 1, 2 or 5 times a power of ten, so that the numbers are easy to read. */
const LINES = 4;
const EASY = [1, 2, 5, 10] as const;

export interface Bar {
  readonly label: string | Html;
  readonly value: number;
}

/** Bars for numbers that a table beside it tells, too; as wide as there is room. `words` says where they are. */
export function barChart(words: string, bars: readonly Bar[]): Html {
  const top = LINES * easyStep(Math.max(...bars.map(({ value }) => value)) / LINES);
  const step = WIDTH / bars.length;
  return html`<figure class="chart">
<div class="chart-y" aria-hidden="true">${marks(LINES).map((part) => html`<span>${count((top * (LINES - part)) / LINES)}</span>`)}</div>
<svg class="chart-plot" viewBox="0 0 ${String(WIDTH)} ${String(HEIGHT)}" preserveAspectRatio="none" role="img" aria-label="${words}">${marks(
    LINES,
  ).map((part) => {
    const y = String((HEIGHT * part) / LINES);
    return html`<line class="grid-line" x1="0" x2="${String(WIDTH)}" y1="${y}" y2="${y}"/>`;
  })}${bars.map(({ value }, i) => {
    // Something is never drawn as nothing.
    const height = value === 0 ? 0 : Math.max(1, Math.round((value / top) * HEIGHT));
    return html`<rect class="series-a" x="${(i * step + step * 0.1).toFixed(1)}" y="${String(HEIGHT - height)}" width="${(step * 0.8).toFixed(1)}" height="${String(height)}"/>`;
  })}</svg>
<div class="chart-x" aria-hidden="true"><span>${bars[0]?.label ?? ""}</span><span>${bars.at(-1)?.label ?? ""}</span></div>
</figure>`;
}

function marks(last: number): number[] {
  return Array.from({ length: last + 1 }, (_, i) => i);
}

function easyStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  return power * (EASY.find((times) => times * power >= least) ?? 10);
}
