import { fail } from "../errors/error.ts";
import { notSendable } from "./wire.ts";

/** Longest line of an upload, doubled dot included, before its CRLF: a longer one silently ends the upload. */
const LONGEST_UPLOAD_LINE = 2044;
/** Longest line of a file that an answer carries whole; longer ones come in pieces. */
export const LONGEST_FILE_LINE = 2046;

/**
 * A file's bytes as XMail takes them: CRLF lines, leading dots doubled, the final dot. `VALUE_NOT_SENDABLE` names
 * `field` when a line is too long or holds a zero byte, or when there is nothing: an empty upload deletes the file,
 * so that is `encodeRemoval`.
 */
export function encodeUpload(bytes: Uint8Array, field = "content"): Buffer {
  if (bytes.length === 0) {
    notSendable(field, "required", `${field} is empty, which XMail takes as an order to delete the file.`);
  }
  const lines = linesOf(bytes).map((line, index) => {
    if (line.includes("\0")) {
      notSendable(field, "control", `Line ${index + 1} of ${field} holds a zero byte.`);
    }
    const stuffed = line.startsWith(".") ? `.${line}` : line;
    if (stuffed.length > LONGEST_UPLOAD_LINE) {
      notSendable(
        field,
        "maxLength",
        `Line ${index + 1} of ${field} is longer than ${LONGEST_UPLOAD_LINE} bytes.`,
        LONGEST_UPLOAD_LINE,
      );
    }
    return `${stuffed}\r\n`;
  });
  return Buffer.from(`${lines.join("")}.\r\n`, "latin1");
}

/** The upload that makes XMail delete the file. */
export function encodeRemoval(): Buffer {
  return Buffer.from(".\r\n", "latin1");
}

/** What a file holds after an upload of `bytes`: LF after every line, no CR before it. */
export function asStored(bytes: Uint8Array): Buffer {
  return joinLines(linesOf(bytes));
}

/** Lines of an answer (byte strings) as a file: LF after every line. */
export function joinLines(lines: readonly string[]): Buffer {
  return Buffer.from(lines.map((line) => `${line}\n`).join(""), "latin1");
}

/** Fails `FILE_CHANGED` when what XMail has is not what it was given. */
export function compareUpload(sent: Uint8Array, stored: Uint8Array): void {
  if (!asStored(sent).equals(stored)) {
    fail("FILE_CHANGED", "The file on the mail server is not what was sent. Look at it before trying again.");
  }
}

function linesOf(bytes: Uint8Array): string[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line) => line.replace(/\r+$/, ""));
}
