import { type Html, html } from "../html.ts";

/** Squares around the code without which cameras do not find it (ISO/IEC 18004, 5.3.8). */
const QUIET = 4;

/** A QR code as a picture in the page: dark on white in both themes, since many cameras read no other. */
export function qrPicture(squares: readonly (readonly boolean[])[], label: string): Html {
  const size = squares.length + 2 * QUIET;
  return html`<svg class="qr" role="img" aria-label="${label}" viewBox="0 0 ${size} ${size}" width="240" height="240" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path fill="#000" d="${pathOf(squares)}"/></svg>`;
}

/** One rectangle for each run of dark squares. */
function pathOf(squares: readonly (readonly boolean[])[]): string {
  return squares
    .flatMap((line, y) =>
      line.flatMap((dark, x) => {
        if (!dark || line[x - 1]) return [];
        const end = line.indexOf(false, x);
        const width = (end < 0 ? line.length : end) - x;
        return [`M${x + QUIET} ${y + QUIET}h${width}v1h-${width}z`];
      }),
    )
    .join("");
}
