import { filesOver } from "../ctrl/files.ts";
import { expectSuccess } from "../ctrl/refusal.ts";
import type { Status } from "../ctrl/reply-parser.ts";
import { joinLines } from "../ctrl/upload.ts";
import { fail } from "../errors/error.ts";
import { bringBack, keepMail } from "./keep.ts";
import type { CommandStep, Step } from "./steps.ts";
import { uploadedText } from "./uploaded-text.ts";
import type { Way } from "./way.ts";

/** Does one step in earnest. A refusal that was not rehearsed is thrown by its named error. */
export async function perform(way: Way, step: Step): Promise<void> {
  if (step.kind === "command") return send(way, step);
  // Who rehearsed this had a bin.
  if (!way.bin) return fail("STORAGE_UNSUPPORTED", "The files of the mail server are out of reach.");
  if (step.kind === "keep") return keepMail(way.bin, step.folder, step.kept);
  return bringBack(way.bin, step.kept, step.folder);
}

/** Throws a refusal that was not rehearsed by its named error. */
export function checkAnswer({ command, code }: CommandStep, status: Status): void {
  if (status.code !== code) expectSuccess(command, status);
}

async function send({ line }: Way, step: CommandStep): Promise<void> {
  const { command, payload, timeoutMs, uploaded } = step;
  const options = timeoutMs === null ? {} : { timeoutMs };
  const { status } =
    payload === null ? await line.ask(command, options) : await line.upload(command, payload, options);
  checkAnswer(step, status);
  const text = payload && uploadedText(payload);
  if (uploaded === null || text === null) return;
  // A lost line, too, is an end of data to XMail: only what reads back has arrived.
  const { bytes } = await filesOver(line).read(uploaded);
  if (!joinLines(text.split("\n").slice(0, -1)).equals(bytes)) {
    fail("FILE_CHANGED", "The file on the mail server is not what was sent. Look at it before trying again.");
  }
}
