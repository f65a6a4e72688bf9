/** Pictures that run no script, by how they begin. SVG is a document and can, so it is none. */
const BEGINNINGS: Readonly<Record<string, RegExp>> = {
  png: /^\x89PNG\r\n\x1a\n/,
  jpeg: /^\xff\xd8\xff/,
  webp: /^RIFF.{4}WEBP/s,
  gif: /^GIF8[79]a/,
};
/** Bytes in which a beginning is looked for. */
const HEAD = 16;
const URL_OF_PICTURE = /^data:image\/(png|jpeg|webp|gif);base64,([A-Za-z0-9+/]+={0,2})$/;

/** How a picture travels as text and is kept; `null` for what is none, whatever its name says. */
export function pictureText(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, HEAD)).toString("latin1");
  const kind = Object.keys(BEGINNINGS).find((one) => BEGINNINGS[one]?.test(head));
  return kind === undefined ? null : `data:image/${kind};base64,${Buffer.from(bytes).toString("base64")}`;
}

/** What `pictureText` made; `null` for any other text, also of a picture of another kind than it says. */
export function pictureIn(text: string): { readonly type: string; readonly bytes: Uint8Array } | null {
  const [, kind, code] = URL_OF_PICTURE.exec(text) ?? [];
  if (kind === undefined || code === undefined) return null;
  const bytes = Buffer.from(code, "base64");
  const begins = BEGINNINGS[kind]?.test(bytes.subarray(0, HEAD).toString("latin1"));
  return begins ? { type: `image/${kind}`, bytes } : null;
}
