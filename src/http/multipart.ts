import { fail } from "../errors/error.ts";
import { pictureText } from "../kernel/picture.ts";
import { textOfBytes } from "../kernel/text-of-bytes.ts";

const HEADERS_END = Buffer.from("\r\n\r\n");

/**
 * Fields of a form with files (RFC 7578), files as text, and pictures as `data:` URLs of what they are, whatever they are
 * called. An empty choice of file is no field. `MALFORMED_BODY`.
 */
export function multipartForm(contentType: string, body: Uint8Array): URLSearchParams {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]{1,70})"|([^;\s"]{1,70}))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain ?? malformed();
  const form = new URLSearchParams();
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const mark = Buffer.from(`--${boundary}`);
  if (bytes.indexOf(mark) !== 0) malformed();
  for (let at = mark.length; bytes.toString("latin1", at, at + 2) !== "--"; ) {
    const start = at + 2;
    const end = bytes.indexOf(Buffer.from(`\r\n--${boundary}`), start - 2);
    const headersEnd = bytes.indexOf(HEADERS_END, start);
    if (
      bytes.toString("latin1", at, start) !== "\r\n" ||
      end === -1 ||
      headersEnd === -1 ||
      headersEnd > end
    ) {
      malformed();
    }
    const headers = bytes.toString("utf8", start, headersEnd);
    const [, name] = /^content-disposition:[^\r\n]*[;\s]name="([^"\r\n]*)"/im.exec(headers) ?? [];
    const isFile = /^content-disposition:[^\r\n]*;\s*filename|^content-type:/im.test(headers);
    const content = bytes.subarray(
      headersEnd + HEADERS_END.length,
      Math.max(end, headersEnd + HEADERS_END.length),
    );
    if (name === undefined) malformed();
    if (!isFile) form.append(name ?? "", textOf(content));
    else if (content.length > 0) form.append(name ?? "", pictureText(content) ?? textOf(content));
    at = end + 2 + mark.length;
  }
  return form;
}

function textOf(content: Uint8Array): string {
  return (
    textOfBytes(content)?.text ??
    fail("MALFORMED_BODY", "The file is not text in UTF-8, UTF-16 or Shift_JIS.")
  );
}

function malformed(): never {
  return fail("MALFORMED_BODY", "The form arrived damaged.");
}
