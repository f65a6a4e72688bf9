import type { Socket } from "node:net";
import { AppError, fail, isAppError } from "../errors/error.ts";
import { answerOf, effectOf } from "./commands.ts";
import { createDeadline, type Deadline } from "./deadline.ts";
import type { Exchange } from "./exchange.ts";
import type { Greeting } from "./greeting.ts";
import { createNudge, type Nudge } from "./nudge.ts";
import { createReplyParser, type Follows, type ReplyParser, type Status } from "./reply-parser.ts";
import { encodeCommand } from "./wire.ts";

/** How long a connection that was given up during an upload may take to hand over what was promised. */
const LINGER_MS = 120_000;
const GOODBYE_MS = 1_000;
/** Nudges that wait for their answer behind one list. */
const MOST_NUDGES = 8;
const NUDGE: Exchange = {
  command: encodeCommand("noop"),
  timeoutMs: 0,
  status: () => undefined,
  lines: () => undefined,
  done: () => undefined,
  failed: () => undefined,
};

/** A signed-in connection. Commands are sent in windows; answers carry no tag and come in the order of the commands. */
export class CtrlConnection {
  readonly greeting: Greeting;
  readonly #socket: Socket;
  readonly #window: number;
  readonly #parser: ReplyParser;
  readonly #nudge: Nudge;
  readonly #deadline: Deadline;
  #waiting: readonly Exchange[] = [];
  #next = 0;
  /** Sent and not answered, nudges among them. */
  readonly #flying: Exchange[] = [];
  #nudges = 0;
  /** The first byte of a line has been sent, the rest waits for the nudges' answers. */
  #begun = false;
  #upload: "none" | "asked" | "sent" = "none";
  #state: "open" | "lingering" | "ended" = "open";
  #lost = false;
  #paused = false;

  constructor(socket: Socket, greeting: Greeting, window: number) {
    this.greeting = greeting;
    this.#socket = socket;
    this.#window = window;
    this.#nudge = createNudge(() => this.#sendNudge());
    this.#deadline = createDeadline(
      () => (this.#head() ?? (this.#begun ? this.#waiting[this.#next] : undefined))?.timeoutMs ?? null,
      () => this.#end(new AppError("XMAIL_TIMEOUT", "XMail did not answer in time."), false),
    );
    this.#parser = createReplyParser({
      status: (status) => this.#onStatus(status),
      lines: (batch) => this.#flying[0]?.lines(batch),
      end: () => this.#finish(),
    });
    socket.on("data", (chunk: Buffer) => this.#onData(chunk));
    socket.on("close", () => this.#onClose());
    socket.resume();
  }

  /** False from the first doubt on: a connection that timed out or was given up is never used again. */
  get usable(): boolean {
    return this.#state === "open";
  }

  /** The other side or the network ended it: a read may be tried on another connection. */
  get lost(): boolean {
    return this.#lost;
  }

  submit(exchanges: readonly Exchange[]): void {
    if (this.#state !== "open") {
      for (const one of exchanges) one.failed(new AppError("XMAIL_UNREACHABLE", "The connection is closed."));
      return;
    }
    this.#waiting = this.#next < this.#waiting.length ? this.#unsent().concat(exchanges) : exchanges;
    this.#next = 0;
    this.#pump();
  }

  /** Stops reading: XMail waits, and the deadline stands still. */
  pause(): void {
    if (this.#paused || this.#state !== "open") return;
    this.#paused = true;
    this.#deadline.pause();
    this.#nudge.rest();
    this.#socket.pause().unref();
  }

  resume(): void {
    if (!this.#paused || this.#state !== "open") return;
    this.#paused = false;
    this.#socket.resume().ref();
    this.#deadline.resume();
  }

  /** An idle connection does not keep the process alive. */
  idle(idle: boolean): void {
    if (idle) this.#socket.unref();
    else this.#socket.ref();
  }

  /** Gives the connection up; what is under way fails with `error`. */
  destroy(error: AppError): void {
    this.#end(error, false);
  }

  /** Says `quit` and waits until XMail has closed; whatever is still under way fails. */
  async close(): Promise<void> {
    if (this.#state !== "open") return;
    if (this.#flying.length > this.#nudges) {
      this.#end(new AppError("ABORTED", "The connection to XMail was closed."), false);
      return;
    }
    this.#state = "ended";
    this.#leave();
    const closed = new Promise<void>((resolve) => this.#socket.once("close", resolve));
    this.#socket.end(encodeCommand("quit").line);
    this.#socket.resume().ref();
    const patience = setTimeout(() => this.#socket.destroy(), GOODBYE_MS);
    await closed;
    clearTimeout(patience);
  }

  #unsent(): readonly Exchange[] {
    return this.#waiting.slice(this.#next);
  }

  /** Fills the window; half of it must be free first, so that commands leave in few large writes. */
  #pump(): void {
    const busy = this.#flying.length - this.#nudges;
    if (this.#upload !== "none" || this.#next >= this.#waiting.length || busy > this.#window / 2) return;
    if (busy === 0) this.#deadline.restart();
    if (busy === 0 && this.#nudges > 0 && this.#beginLine()) return;
    const lines: Buffer[] = [];
    for (let room = this.#window - busy; room > 0; room -= 1) {
      const exchange = this.#waiting[this.#next];
      if (exchange === undefined) break;
      this.#next += 1;
      this.#flying.push(exchange);
      lines.push(exchange.command.line);
      if (exchange.payload !== undefined) {
        // Nothing may follow an upload's command before its data: XMail would take it for the data.
        this.#upload = "asked";
        break;
      }
    }
    this.#nudge.refresh();
    this.#socket.write(Buffer.concat(lines).subarray(this.#begun ? 1 : 0));
    this.#begun = false;
    this.#deadline.watch();
  }

  /**
   * Behind a list that was nudged XMail's side holds back the answer to whatever comes next, until ours acknowledges the
   * answers to the nudges: 40 ms for each change. Another nudge would only be the next to be held back; the beginning of
   * a line gets no answer, and carries the acknowledgement all the same.
   */
  #beginLine(): boolean {
    const next = this.#waiting[this.#next];
    if (next === undefined || isList(next)) return false;
    if (!this.#begun) this.#socket.write(next.command.line.subarray(0, 1));
    this.#begun = true;
    this.#deadline.watch();
    return true;
  }

  #onData(chunk: Buffer): void {
    if (this.#state === "ended") return;
    try {
      this.#parser.push(chunk);
    } catch (error) {
      if (this.#state === "lingering") this.#socket.destroy();
      this.#end(isAppError(error) ? error : new AppError("INTERNAL", undefined, { cause: error }), false);
      return;
    }
    if (this.#mayNudge()) this.#nudge.unfinished(chunk.length);
    else this.#nudge.rest();
  }

  #onStatus(status: Status): Follows {
    const head = this.#flying[0];
    if (head === undefined) return fail("XMAIL_PROTOCOL", "XMail answers what it was not asked.");
    const answer = answerOf(head.command.word);
    if (status.ok && answer === "upload" && this.#upload === "asked" && status.code === 101) {
      this.#upload = "sent";
      this.#socket.write(head.payload ?? Buffer.alloc(0));
      if (this.#state === "lingering") this.#socket.end();
      return "status";
    }
    const list = isList(head);
    const stored = answer === "status" || this.#upload === "sent";
    if (status.ok && !(list ? status.code === 100 : stored && status.code === 0)) {
      return fail("XMAIL_PROTOCOL", "XMail's answer does not fit the command.", {
        internal: { command: head.command.word, xmailCode: status.code },
      });
    }
    head.status(status);
    if (status.ok && (answer === "records" || answer === "file")) return answer;
    this.#finish();
    return "status";
  }

  #finish(): void {
    const head = this.#flying.shift();
    if (head === undefined) return;
    if (head === NUDGE) {
      this.#nudges -= 1;
      if (this.#begun && this.#nudges === 0) this.#pump();
      return;
    }
    if (head.payload !== undefined) {
      this.#upload = "none";
      if (this.#state === "lingering") this.#socket.destroy();
    }
    this.#deadline.restart();
    head.done();
    this.#pump();
    this.#deadline.watch();
  }

  #head(): Exchange | undefined {
    return this.#flying.find((one) => one !== NUDGE);
  }

  /** What could be sent has been sent, so nothing else of ours will carry the acknowledgement. */
  #mayNudge(): boolean {
    if (this.#state !== "open" || this.#paused || this.#upload !== "none") return false;
    const head = this.#head();
    return head !== undefined && isList(head);
  }

  #sendNudge(): void {
    if (this.#nudges >= MOST_NUDGES || !this.#mayNudge()) return;
    this.#nudges += 1;
    this.#flying.push(NUDGE);
    this.#socket.write(NUDGE.command.line);
  }

  #onClose(): void {
    const cause = this.#socket.errored ?? undefined;
    this.#end(new AppError("XMAIL_UNREACHABLE", "XMail closed the connection.", { cause }), true);
  }

  #end(error: AppError, lost: boolean): void {
    if (this.#state !== "open") return;
    const [sent, unsent] = [this.#flying.filter((one) => one !== NUDGE), this.#unsent()];
    this.#lost = lost;
    this.#waiting = [];
    this.#leave();
    if (this.#upload === "none" || lost || error.code === "XMAIL_PROTOCOL") this.#abandon();
    else this.#linger();
    for (const one of sent) one.failed(fateOf(one, error));
    for (const one of unsent) one.failed(error);
  }

  #abandon(): void {
    this.#state = "ended";
    this.#flying.length = 0;
    this.#socket.destroy();
  }

  /**
   * XMail takes a connection lost during an upload for the end of the data: it would install half a file, or delete
   * it. So the upload is finished behind the caller's back, and only then the connection goes.
   */
  #linger(): void {
    this.#state = "lingering";
    this.#socket.resume().ref();
    if (this.#upload === "sent") this.#socket.end();
    setTimeout(() => this.#socket.destroy(), LINGER_MS).unref();
    for (const [index, one] of this.#flying.entries()) this.#flying[index] = { ...NUDGE, ...silent(one) };
  }

  #leave(): void {
    this.#nudge.rest();
    this.#deadline.stop();
  }
}

function isList({ command }: Exchange): boolean {
  return ["records", "file"].includes(answerOf(command.word));
}

function silent({ command, payload }: Exchange): Pick<Exchange, "command" | "payload"> {
  return payload === undefined ? { command } : { command, payload };
}

/** A change that was sent may have been made, whatever became of the answer. */
function fateOf({ command }: Exchange, error: AppError): AppError {
  if (effectOf(command.word) === "read") return error;
  const code = error.code === "XMAIL_UNREACHABLE" ? "XMAIL_OUTCOME_UNKNOWN" : error.code;
  const message = `${error.message} XMail may have made the change: look before you repeat it.`;
  return new AppError(code, message, { internal: { command: command.word }, cause: error });
}
