import { fail } from "../errors/error.ts";
import { multipartForm } from "./multipart.ts";

/** Bytes a request body may have when the option says nothing. */
export const DEFAULT_BODY_LIMIT = 1024 * 1024;

/**
 * The whole body. Counts what really comes, whatever `Content-Length` says; refuses (`BODY_TOO_LARGE`) as soon as
 * `limit` bytes are passed, without keeping the rest. A body that breaks off is `MALFORMED_BODY`.
 */
export async function readBody(request: Request, limit: number): Promise<Uint8Array> {
  if (!request.body) return new Uint8Array(0);
  // An honest length saves reading; a false one changes nothing.
  if (Number(request.headers.get("content-length")) > limit) tooLarge(limit);
  const encoding = request.headers.get("content-encoding");
  if (encoding !== null && encoding !== "identity") {
    fail("UNSUPPORTED_MEDIA_TYPE", "Compressed request bodies are not taken. Send it as it is.");
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader: ReadableStreamDefaultReader<Uint8Array> = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read().catch(brokenOff);
    if (done) return Buffer.concat(chunks, length);
    length += value.byteLength;
    if (length > limit) {
      reader.cancel().catch(() => undefined);
      tooLarge(limit);
    }
    chunks.push(value);
  }
}

export function mediaTypeOf(headers: Headers): string {
  const [type = ""] = (headers.get("content-type") ?? "").split(";");
  return type.trim().toLowerCase();
}

/** Fields of an HTML form; of one with files, what is in them. */
export function formOf(headers: Headers, body: Uint8Array): URLSearchParams {
  if (mediaTypeOf(headers) === "multipart/form-data") {
    return multipartForm(headers.get("content-type") ?? "", body);
  }
  if (mediaTypeOf(headers) !== "application/x-www-form-urlencoded") return new URLSearchParams();
  return new URLSearchParams(utf8(body));
}

/** Text of strict UTF-8, or `MALFORMED_BODY`: a replaced letter would be saved as if somebody had typed it. */
export function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    return fail("MALFORMED_BODY", "The request body is not UTF-8 text.", { cause });
  }
}

function brokenOff(cause: unknown): never {
  return fail("MALFORMED_BODY", "The request body broke off.", { cause });
}

function tooLarge(limit: number): never {
  return fail("BODY_TOO_LARGE", `The request body may have ${limit} bytes at most.`);
}
