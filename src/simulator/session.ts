import { splitRecord } from "../tab/codec.ts";
import { FILES } from "../tab/files.ts";
import type { Answer } from "./answer.ts";
import { answerTo } from "./answer-to.ts";
import type { Taken } from "./line-source.ts";
import { logIn } from "./login.ts";
import type { LoginLog } from "./login-log.ts";
import { refusalLine, refusalOf } from "./refusal.ts";
import type { MailRoot } from "./root.ts";
import { sentLines } from "./sent-lines.ts";
import { leadingNumber, recordsOf } from "./table-text.ts";
import type { Talk } from "./talk.ts";
import { takeUpload } from "./upload.ts";

/** Bytes of a line with its end; time without a byte before the session is given up, ms. */
const LOGIN_ROOM = 254;
const LOGIN_MS = 90_000;
const COMMAND_ROOM = 4094;

export interface Session {
  readonly root: MailRoot;
  /** What the digest of this connection is made with. */
  readonly challenge: string;
  readonly idleMs: number;
  readonly log: LoginLog | null;
  /** The connection runs in TLS from its first byte. */
  readonly tls: boolean;
  /** Goes on in TLS; `null` when that fails. */
  upgrade(talk: Talk): Promise<Talk | null>;
}

/** From the greeting to the end. The caller closes the connection. */
export async function holdSession(session: Session, greeted: Talk): Promise<void> {
  const talk = await enter(session, greeted);
  if (talk === null) return;
  for (;;) {
    const taken = await talk.lines.take(COMMAND_ROOM, session.idleMs);
    if (!isClean(taken) || !(await obey(session, talk, taken.bytes))) return;
  }
}

/** The server drops, without a word, who sends a line too long for it or a byte above 127. */
function isClean(taken: Taken): taken is Extract<Taken, { kind: "line" }> {
  return taken.kind === "line" && !/[\x80-\xff]/.test(taken.bytes);
}

/** TLS if the client asks for it, then the login; `null` when the session ends here. */
async function enter(session: Session, greeted: Talk): Promise<Talk | null> {
  let talk = greeted;
  let first = await talk.lines.take(LOGIN_ROOM, LOGIN_MS);
  if (first.kind === "line" && first.bytes === "#!TLS") {
    const secure = await startTls(session, talk);
    if (secure === null) return null;
    talk = secure;
    first = await talk.lines.take(LOGIN_ROOM, LOGIN_MS);
  }
  if (!isClean(first)) return null;
  try {
    await logIn(session.root, splitRecord(first.bytes), session.challenge, session.log);
  } catch (error) {
    await talk.say(refusalLine(refusalOf(error) ?? 105));
    return null;
  }
  return (await talk.say("+00000 OK")) ? talk : null;
}

async function startTls(session: Session, talk: Talk): Promise<Talk | null> {
  if (session.tls) {
    await talk.say(refusalLine(242));
    return null;
  }
  if (!(await isTlsEnabled(session.root))) {
    await talk.say(refusalLine(249));
    return null;
  }
  talk.lines.release();
  return (await talk.say("+00000 Ready to start TLS mode")) ? session.upgrade(talk) : null;
}

async function isTlsEnabled(root: MailRoot): Promise<boolean> {
  const text = await root.read(FILES.server.path);
  if (text === null) return false;
  const value = recordsOf(text, FILES.server).find(([name]) => name === "EnableCTRL-TLS")?.[1];
  return value === undefined || leadingNumber(value) !== 0;
}

/** Runs one command line; false ends the session. */
async function obey(session: Session, talk: Talk, line: string): Promise<boolean> {
  try {
    const answer = await answerTo(session.root, line);
    return answer.kind === "refused" ? talk.say(refusalLine(answer.number)) : await deliver(talk, answer);
  } catch (error) {
    // A storage that fails is to the client what a failing system call is in the original.
    return talk.say(refusalLine(refusalOf(error) ?? 97));
  }
}

async function deliver(talk: Talk, answer: Answer): Promise<boolean> {
  switch (answer.kind) {
    case "done":
      return talk.say("+00000 OK");
    case "bye":
      await talk.say("+00000 OK");
      return false;
    case "endless":
      return talk.say("+00100 OK");
    case "records":
      return talk.sayAll(["+00100 OK", ...answer.lines, "."]);
    case "file":
      return talk.sayAll(["+00100 OK", ...sentLines(answer.text), "."]);
    case "upload": {
      if (!(await talk.say("+00101 OK"))) return false;
      await answer.store(await takeUpload(talk.lines));
      return talk.say("+00000 OK");
    }
  }
}
