import { connect, type Socket } from "node:net";
import { AppError, isAppError } from "../../errors/error.ts";
import { creditPool } from "./credits.ts";
import { framePrefix, frameReader } from "./frames.ts";
import { lostConnection } from "./lost.ts";
import { type Command, encode, headerOf, messagesIn, type Reply, type Request, UNASKED } from "./messages.ts";
import { isSealed, type Sealer } from "./sealing.ts";
import { isSigned, type Signer } from "./signing.ts";
import { watchSilence } from "./silence.ts";
import { STATUS } from "./status.ts";
import { type Message, malformed } from "./wire.ts";

/** What holds once the session stands; changed while nothing is under way. */
export interface Session {
  id: bigint;
  tree: number;
  /** Credits are counted from 2.1 on. */
  counted: boolean;
  signer: Signer | null;
  /** Sign what we send; then answers must be signed too. */
  signing: boolean;
  sealer: Sealer | null;
  /** Encrypt what we send; then answers must be encrypted too. */
  sealing: boolean;
  /** Most bytes of a frame. */
  maxFrame: number;
}

export interface Asking {
  /** Does not keep the process alive. */
  readonly idle?: boolean;
  /** Sign even where signing is not asked for. */
  readonly signed?: boolean;
  /** Is given the messages as they go out. */
  onSent?(message: Message): void;
}

export interface Exchange {
  readonly session: Session;
  /** Sends as one chain; resolves with an answer to each, whatever its status. Rejects when the connection is lost. */
  ask(requests: readonly Request[], how?: Asking): Promise<readonly Reply[]>;
  /** Why no more can be asked. */
  lost(): AppError | null;
  /** Ends the connection; whoever waits gets `why`. */
  lose(why: AppError): void;
  readonly isIdle: boolean;
}

interface Pending {
  readonly command: Command;
  readonly charge: number;
  readonly signed: boolean;
  readonly sealed: boolean;
  sinceMs: number;
  readonly consume: Request["consume"];
  settle(reply: Reply): void;
}

const NOTHING = Buffer.alloc(0);
const FIRST_FRAME = 128 * 1024;
const CREDIT_BYTES = 64 * 1024;
const TOO_FEW = "The file server lets too little be asked at once.";

/** One TCP connection, on which many requests are under way at once. */
export function openExchange(host: string, port: number, timeoutMs: number): Exchange {
  const frames = frameReader(() => session.maxFrame, receive);
  const socket = connect({
    ...{ host, port, noDelay: true },
    onread: { buffer: frames.space, callback: heard },
  });
  const credits = creditPool();
  const pending = new Map<number, Pending>();
  const rejects = new Set<(error: AppError) => void>();
  const session: Session = {
    id: 0n,
    tree: 0,
    counted: true,
    signer: null,
    signing: false,
    sealer: null,
    sealing: false,
    maxFrame: FIRST_FRAME,
  };
  let lost: AppError | null = null;
  /** Calls that somebody waits for. */
  let awaited = 0;
  const silence = watchSilence(timeoutMs, () => pending.values().next().value?.sinceMs, lose);

  function lose(why: AppError): void {
    if (lost) return;
    lost = why;
    socket.destroy();
    silence.stop();
    for (const reject of rejects) reject(why);
    rejects.clear();
    pending.clear();
  }

  /** Only answers grant more: whoever waits now would wait for ever. */
  function loseIfStuck(): void {
    if (credits.isStuck) lose(new AppError("STORAGE_FAILED", TOO_FEW));
  }

  function count(step: 1 | -1): void {
    const wasAwake = awaited > 0;
    awaited += step;
    if (awaited > 0 === wasAwake) return;
    stayAwake(socket, awaited > 0);
    silence.stayAwake(awaited > 0);
  }

  function heard(count: number): boolean {
    silence.heard();
    try {
      frames.filled(count);
    } catch (error) {
      lose(isAppError(error) ? error : lostConnection(error));
    }
    return true;
  }

  socket.on("error", (error) => lose(lostConnection(error, unreachable(socket))));
  socket.on("close", () => lose(lostConnection(undefined)));

  /** Whether the frame may be used again. */
  function receive(frame: Message): boolean {
    const sealed = isSealed(frame);
    const open = (sealed ? session.sealer?.unseal(frame) : frame) ?? malformed("an encrypted message");
    let consumed = true;
    for (const message of messagesIn(open)) consumed = settle(message, sealed) && consumed;
    return sealed || consumed;
  }

  /** Whether nobody needs the message any more. */
  function settle(message: Message, sealed: boolean): boolean {
    const { status, command, credits: granted, id, isAsync, session: from } = headerOf(message);
    // A lock of a cache was taken back; we never have one.
    if (id === UNASKED) return true;
    const asked = pending.get(id) ?? malformed("an answer to nothing");
    if (asked.command !== command) malformed("an answer to something else");
    if (asked.sealed && !sealed) malformed("an answer that is not encrypted");
    if (status === STATUS.PENDING && isAsync) {
      asked.sinceMs = performance.now();
      credits.give(granted, 0);
      return true;
    }
    if (!sealed && session.signer && (asked.signed || isSigned(message))) {
      if (!session.signer.isGenuine(message)) malformed("an answer that was changed on the way");
    }
    if (session.id !== 0n && from !== session.id) malformed("an answer of another session");
    pending.delete(id);
    credits.give(granted, asked.charge);
    if (asked.consume) asked.consume({ status, message });
    asked.settle({ status, message: asked.consume ? NOTHING : message });
    loseIfStuck();
    return asked.consume !== undefined;
  }

  function send(requests: readonly Request[], firstId: number, how: Asking, answer: Answer): void {
    let id = firstId;
    const messages = requests.map((request, index) => {
      const charge = chargeOf(request);
      const place = { first: index === 0, last: index === requests.length - 1 };
      const message = encode(request, place, {
        ...{ session: session.id, tree: session.tree, id },
        charge: session.counted ? charge : 0,
        creditsWanted: credits.wanted(charge),
      });
      const signed = !session.sealing && session.signer !== null && (session.signing || how.signed === true);
      if (signed) session.signer?.sign(message);
      pending.set(id, {
        ...{ command: request.command, charge, signed, sealed: session.sealing, consume: request.consume },
        sinceMs: performance.now(),
        settle: (reply) => answer(index, reply),
      });
      id += charge;
      how.onSent?.(message);
      return message;
    });
    const [only] = messages;
    const whole = messages.length === 1 && only ? only : Buffer.concat(messages);
    const frame = session.sealing && session.sealer ? session.sealer.seal(whole) : whole;
    socket.cork();
    socket.write(framePrefix(frame.length));
    socket.write(frame);
    socket.uncork();
    silence.watch();
  }

  /** Before 2.1 every message has one number, and none carries more than 64 KiB. */
  function chargeOf({ payload = 0 }: Request): number {
    return session.counted ? Math.max(1, Math.ceil(payload / CREDIT_BYTES)) : 1;
  }

  return {
    session,
    ask(requests, how = {}) {
      return new Promise<readonly Reply[]>((resolve, reject) => {
        if (lost) return reject(lost);
        if (!how.idle) count(1);
        const replies: Reply[] = [];
        let left = requests.length;
        const finish = () => {
          rejects.delete(giveUp);
          if (!how.idle) count(-1);
        };
        const giveUp = (error: AppError) => {
          finish();
          reject(error);
        };
        rejects.add(giveUp);
        const charge = requests.reduce((sum, request) => sum + chargeOf(request), 0);
        credits.take(charge, (firstId) => {
          if (lost) return;
          send(requests, firstId, how, (index, reply) => {
            replies[index] = reply;
            left -= 1;
            if (left > 0) return;
            finish();
            resolve(replies);
          });
        });
        loseIfStuck();
      });
    },
    lost: () => lost,
    lose,
    get isIdle() {
      return rejects.size === 0;
    },
  };
}

type Answer = (index: number, reply: Reply) => void;

function stayAwake(socket: Socket, awake: boolean): void {
  if (awake) socket.ref();
  else socket.unref();
}

function unreachable(socket: Socket): string | undefined {
  return socket.bytesRead === 0 ? "The file server cannot be reached." : undefined;
}
