import { fail } from "../errors/error.ts";
import { orNull } from "../storage/if-there.ts";
import { storagePath } from "../storage/path.ts";
import type { Move, Storage } from "../storage/storage.ts";
import type { SpoolAction } from "../xmail/spool.ts";
import {
  binOf,
  type Companion,
  cellName,
  HELD,
  heldBinOf,
  type MessageRef,
  SPOOL,
  type Stage,
} from "./layout.ts";

/** One message that a job is about to move: all that is needed to go on after a kill. */
export interface Item extends MessageRef {
  readonly stage: Stage;
  readonly held: boolean;
  readonly beside: readonly Companion[];
  readonly size: number;
  /** Recipient, for what is told to XMail by it. */
  readonly to?: string;
}

/** What a running XMail is told; `null` for a stopped one. */
export interface Orders {
  /** Moves frozen messages into the queue; resolves which were there. */
  submit(refs: readonly MessageRef[]): Promise<readonly boolean[]>;
  /** Delivers at once what waits for these recipients. */
  flush(recipients: readonly string[]): Promise<void>;
}

/** Single moves at the same time, over a network. */
const AT_ONCE = 16;

/** Before anything is written down: `XMAIL_STOPPED`, and `STORAGE_UNSUPPORTED` where a move is not one step. */
export function refuseImpossible(storage: Storage, action: SpoolAction, orders: Orders | null): void {
  if (action === "resend" && !orders) fail("XMAIL_STOPPED");
  // A running XMail takes up frozen messages by itself.
  const isToldOnly = action === "resend" || (action === "release" && orders !== null);
  if (!isToldOnly && !storage.can.move)
    fail(
      "STORAGE_UNSUPPORTED",
      "Here messages cannot be moved in one step, and one could be lost on the way.",
    );
}

/** Moves files; what is not there is no error. Resolves which were moved. */
export async function moveFiles(storage: Storage, moves: readonly Move[]): Promise<readonly boolean[]> {
  if (storage.moveAll) return storage.moveAll(moves);
  const moved = moves.map(() => false);
  for (let at = 0; at < moves.length; at += AT_ONCE) {
    await Promise.all(
      moves.slice(at, at + AT_ONCE).map(async ([from, to], n) => {
        moved[at + n] = (await orNull(storage.move(from, to).then(() => true))) ?? false;
      }),
    );
  }
  return moved;
}

type Roots = "spool" | "held" | "bin";

/** Where the files of an item go, in two turns: what must be there before the message is seen, and after. */
export interface Way {
  readonly first: readonly Move[];
  /** The message itself. */
  readonly main: Move | null;
  readonly last: readonly Move[];
  /** Whether XMail is to be told of it when it is there. */
  readonly submit: boolean;
}

/**
 * Out of the queue the message goes first, so that XMail never sees one whose list of commands is gone already; into the
 * queue it goes last. A running XMail reads its folders only when it starts: what goes back is put among the frozen
 * messages, and submitted from there.
 */
export function wayOf(action: SpoolAction, item: Item, job: string, isRunning: boolean): Way {
  const at = (root: Roots, folder: string) => {
    const bin = item.held ? heldBinOf(job) : binOf(job);
    const base = root === "spool" ? SPOOL : root === "held" ? HELD : bin;
    return storagePath(base, cellName(item), folder, item.name);
  };
  const here: Roots = item.held ? "held" : "spool";
  const from = at(here, item.stage);
  const beside = (to: Roots, which: readonly Companion[] = item.beside): Move[] =>
    item.beside.filter((one) => which.includes(one)).map((one) => [at(here, one), at(to, one)]);
  const rests: readonly Companion[] = ["cust", "mprc"];
  switch (action) {
    case "remove":
      return { first: [], main: [from, at("bin", item.stage)], last: beside("bin"), submit: false };
    case "hold":
      return { first: [], main: [from, at("held", item.stage)], last: beside("held"), submit: false };
    case "release": {
      // Tries begin anew, so the log is not needed any more: it waits in the bin until that is emptied.
      const log = beside("bin", ["slog"]);
      if (isRunning) {
        const back = item.held ? beside("spool", rests) : [];
        const main: Move | null = item.held ? [from, at("spool", "froz")] : null;
        return { first: [...back, ...(item.held ? log : [])], main, last: [], submit: true };
      }
      return {
        first: [...log, ...(item.held ? beside("spool", rests) : [])],
        main: [from, at("spool", "mess")],
        last: [],
        submit: false,
      };
    }
    case "putBack": {
      // What was held was so for a reason: it is not sent because its removal is taken back.
      const goes = isRunning && !item.held && item.stage !== "froz";
      const back = item.beside.filter((one) => one !== "slog" || !goes);
      return {
        first: back.map((one) => [at("bin", one), at(here, one)]),
        main: [at("bin", item.stage), at(here, goes ? "froz" : item.stage)],
        last: [],
        submit: goes,
      };
    }
    case "resend":
      return { first: [], main: null, last: [], submit: false };
  }
}
