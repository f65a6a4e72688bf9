import { fail } from "../errors/error.ts";
import { change, type FileContent, readFile } from "./answers.ts";
import { textArgument } from "./arguments.ts";
import type { CommandWord } from "./commands.ts";
import type { CtrlCallOptions, CtrlLine } from "./line.ts";
import { expectSuccess } from "./refusal.ts";
import { eachRow } from "./rows.ts";
import { type Command, encodeCommand, notSendable } from "./wire.ts";

/** A frozen message as XMail listed it: nothing else is taken by the commands that act on one. */
export interface FrozenMessage {
  readonly name: string;
  readonly level1: number;
  readonly level2: number;
  /** With its angle brackets. */
  readonly from: string;
  readonly to: string;
  /** `YYYY-MM-DD HH:MM:SS` in the server's zone; now, when it was never tried. */
  readonly lastTry: string;
  /** Bytes of the spool file. */
  readonly size: number;
  readonly tries: number;
}

export interface Queue {
  /** Order of the folders, not of time. */
  frozen(options?: CtrlCallOptions): AsyncIterable<FrozenMessage>;
  /** A message by its name, from a fresh list: for a name that came back from a form. `null` when it is gone. */
  find(name: string, options?: CtrlCallOptions): Promise<FrozenMessage | null>;
  /** Tries to deliver it at once. `NOT_FOUND`. */
  submit(message: FrozenMessage, options?: CtrlCallOptions): Promise<void>;
  /** Many by what a storage lists of `spool/A/B/froz`; resolves which were there. Names that are none of XMail's are not. */
  submitAll(
    messages: readonly Pick<FrozenMessage, "level1" | "level2" | "name">[],
    options?: CtrlCallOptions,
  ): Promise<readonly boolean[]>;
  /** XMail says OK also when it was gone already. */
  remove(message: FrozenMessage, options?: CtrlCallOptions): Promise<void>;
  /** The log of its attempts. `NOT_FOUND`, also when it has none. */
  log(message: FrozenMessage, options?: CtrlCallOptions): Promise<FileContent | null>;
  /** The whole spool file, envelope first; lines above 2046 bytes come in pieces. */
  message(message: FrozenMessage, options?: CtrlCallOptions): Promise<FileContent | null>;
  /** Delivers at once what waits for recipients (or, without `@`, domains) that fit any of the patterns. */
  flush(patterns: readonly string[], options?: CtrlCallOptions): Promise<void>;
  /** The same for as many as there are; those that cannot be sent are left out. */
  flushAll(recipients: readonly string[], options?: CtrlCallOptions): Promise<void>;
}

/** Recipients of one command: a line of XMail's has 4096 bytes. */
const AT_ONCE = 10;

/** XMail does not check these names: `../../../../domains.tab` would be deleted. Only listed ones are taken. */
const listed = new WeakSet<FrozenMessage>();

export function queueOver(line: CtrlLine): Queue {
  const frozen = (options?: CtrlCallOptions) =>
    eachRow(line, () => encodeCommand("frozlist"), 7, readFrozen, options);
  return {
    frozen,
    async find(name, options) {
      for await (const message of frozen(options)) if (message.name === name) return message;
      return null;
    },
    submit: async (message, options) => change(line, about("frozsubmit", message), options),
    async submitAll(messages, options) {
      const done = messages.map(() => false);
      const asked = messages.flatMap((message, at) => (isOfXMail(message) ? [{ message, at }] : []));
      await line.sendAll(
        asked.map(({ message }) => naming("frozsubmit", message)),
        (answer, index) => {
          const { at = 0 } = asked[index] ?? {};
          done[at] = answer.status.ok;
        },
        options,
      );
      return done;
    },
    remove: async (message, options) => change(line, about("frozdel", message), options),
    log: async (message, options) => readFile(line, about("frozgetlog", message), options),
    message: async (message, options) =>
      readFile(line, about("frozgetmsg", message), { moreMs: message.size / SLOW_BYTES_PER_MS, ...options }),
    async flush(patterns, options) {
      if (patterns.length === 0) notSendable("patterns", "required", "A pattern is missing.");
      const args = patterns.map((one) => textArgument("patterns", one));
      return change(line, encodeCommand("etrn", args), options);
    },
    async flushAll(recipients, options) {
      const plain = recipients.filter((one) => /^[!#-[\]-~]{3,320}$/.test(one));
      const commands: Command[] = [];
      for (let at = 0; at < plain.length; at += AT_ONCE) {
        const args = plain.slice(at, at + AT_ONCE).map((one) => textArgument("patterns", one));
        commands.push(encodeCommand("etrn", args));
      }
      await line.sendAll(
        commands,
        ({ status }, index) => expectSuccess(commands[index] ?? fail("INTERNAL"), status),
        options,
      );
    },
  };
}

/** A large message may take minutes over a slow line. */
const SLOW_BYTES_PER_MS = 50;

function readFrozen(values: readonly string[]): FrozenMessage | null {
  const [name = "", level1 = "", level2 = "", from = "", to = "", lastTry = "", size = "", tries = "0"] =
    values;
  if (!/^[^/\\]+$/.test(name) || /^\.+$/.test(name)) return null;
  const message = Object.freeze({
    name,
    level1: Number(level1),
    level2: Number(level2),
    from,
    to,
    lastTry,
    size: Number(size),
    tries: Number(tries),
  });
  listed.add(message);
  return message;
}

function about(word: CommandWord, message: FrozenMessage): Command {
  if (!listed.has(message)) notSendable("message", "listed", "Only a message from the list can be named.");
  return naming(word, message);
}

type Named = Pick<FrozenMessage, "level1" | "level2" | "name">;

/** As XMail itself makes names; nothing that leads to another folder. */
function isOfXMail({ level1, level2, name }: Named): boolean {
  const isLevel = (level: number) => Number.isInteger(level) && level >= 0;
  return isLevel(level1) && isLevel(level2) && /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/.test(name);
}

function naming(word: CommandWord, { level1, level2, name }: Named): Command {
  return encodeCommand(word, [
    textArgument("level1", String(level1)),
    textArgument("level2", String(level2)),
    textArgument("name", name),
  ]);
}
