import { type Html, html, type Words } from "../html.ts";

/**
 * Text from outside - names, values, what people typed - for a place in a page: isolated, so that right-to-left
 * letters do not reorder what stands beside it, and with characters that cannot be seen written out.
 */
export function shown(text: string): Html {
  return html`<bdi>${visible(text)}</bdi>`;
}

/** The same for attributes and the browser's tab, where no markup can stand. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (letter) => `⟨U+${hex(letter)}⟩`);
}

/** Controls, line ends, marks and overrides of writing direction, joiners and fillers without a shape. */
const UNSEEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]/g;

function hex(letter: string): string {
  return letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
}

/** A sentence of `text/` with its `{name}` places filled; strings are treated as from outside. */
export function fill(sentence: string, values: Readonly<Record<string, Words | number>>): Html {
  return html`${pieces(sentence).map((piece) => {
    const name = placeName(piece);
    const value = name === null ? undefined : values[name];
    if (value === undefined) return piece;
    return typeof value === "string" ? shown(value) : value;
  })}`;
}

/** The same as plain text. */
export function fillText(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return pieces(sentence)
    .map((piece) => {
      const name = placeName(piece);
      const value = name === null ? undefined : values[name];
      return value === undefined ? piece : visible(String(value));
    })
    .join("");
}

function pieces(sentence: string): string[] {
  return sentence.split(/(\{[a-z]+\})/);
}

function placeName(piece: string): string | null {
  return /^\{([a-z]+)\}$/.exec(piece)?.[1] ?? null;
}
