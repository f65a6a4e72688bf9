import { bodiesOf } from "./table-text.ts";

const LINE_BUFFER = 2048;

/** The lines of a file as they are sent: cut to the buffer, a leading dot doubled. */
export function* sentLines(text: string): Iterable<string> {
  for (const body of bodiesOf(text, { lineBuffer: LINE_BUFFER })) {
    yield body.startsWith(".") ? `.${body}` : body;
  }
}
