import { createServer, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { openCtrlClient } from "../../../src/ctrl/client.ts";
import { COMMANDS, type CommandWord } from "../../../src/ctrl/commands.ts";
import type { CtrlOptions } from "../../../src/ctrl/options.ts";
import { hasCode, isAppError } from "../../../src/errors/error.ts";
import { type Certificate, selfSigned } from "./certificate.ts";
import { seedOfRun } from "./random.ts";
import { answeredBytes, canonicalTokens, type Recorded, recordings, sentBytes } from "./recordings.ts";
import { CALLS, type Stage } from "./replay-calls.ts";
import { type Played, playServer } from "./replay-peer.ts";

const ALL = recordings();
const SEED = seedOfRun("ctrl replay");
/** A client that can say less than today, or refuses more, must be noticed. */
const PLAYED = 322;
const REFUSED = 32;

/** Commands of which the recordings have nothing, or nothing that works; the golden test has their bytes. */
const UNRECORDED = ["exaliasdel", "exaliaslist", "etrn"];

const count = { played: 0, good: 0, refused: 0, unsayable: 0 };
const words = new Set<string>();
let certificate: Certificate;

beforeAll(() => {
  certificate = selfSigned();
});

describe("recorded exchanges, byte for byte, in random slices", () => {
  const connections = new Map<string, Recorded[]>();
  for (const one of ALL) {
    const key = `${one.group}, connection ${one.conn}`;
    connections.set(key, [...(connections.get(key) ?? []), one]);
  }
  test.each([...connections])("%s", async (_, exchanges) => {
    await play(exchanges);
  });

  afterAll(() => {
    console.log(
      `${count.good} of ${count.played} recorded commands sent and understood byte for byte; ` +
        `${count.refused} refused before sending, ${count.unsayable} this client cannot say`,
    );
    expect(count).toMatchObject({ good: PLAYED, played: PLAYED, refused: REFUSED });
    const commands = ALL.filter(({ event }) => event === undefined).length;
    expect(count.played + count.refused + count.unsayable).toBe(commands);
    expect(Object.keys(COMMANDS).filter((word) => !words.has(word))).toEqual(UNRECORDED);
  });
});

/** Plays one connection from its greeting on, as far as this client can say what was said. */
async function play(exchanges: readonly Recorded[]): Promise<void> {
  const [connected, ...rest] = exchanges.filter(({ event }) => event === undefined || event === "connect");
  const greeting = answeredBytes(connected?.status ?? "");
  const played: Played = { steps: [], done: 0, faults: [] };
  const direct = connected?.service === "CTRLS";
  const port = await listen(`${greeting}\r\n`, played, direct);
  const upgrade = !direct && rest[0]?.command === "#!TLS";
  const tls = upgrade || direct ? { tls: trusted(upgrade ? "upgrade" : "direct") } : {};

  if (upgrade) {
    const reply = `${rest[0]?.status}\r\n`;
    const refused = reply.startsWith("-");
    played.steps.push({
      expect: "#!TLS\r\n",
      reply,
      ...(refused ? { closes: true } : { upgrade: certificate }),
    });
    count.played += 1;
    count.good += 1;
  }
  const [login, ...said] = upgrade ? rest.slice(1) : rest;
  const account = accountOf(login);
  if (login !== undefined && account !== null) {
    played.steps.push({
      expect: `${sentBytes(login.command ?? "")}\r\n`,
      reply: login.status === null ? "" : `${login.status}\r\n`,
      closes: login.closed === true,
    });
  } else if (login !== undefined) {
    // Signed in in another way than ours; what came after is played after ours.
    count.unsayable += 1;
    if (login.status !== "+00000 OK") {
      count.unsayable += said.length;
      return;
    }
    played.steps.push({
      expect: `${sentBytes('"admin"\t"#{{md5:Adm1n-Secret}}"')}\r\n`,
      reply: "+00000 OK\r\n",
    });
  }
  const options = { host: "127.0.0.1", port, connections: 1, ...OURS, ...account, ...tls };
  const refusal = refusalOf(greeting, upgrade ? rest[0] : undefined, login);
  if (refusal !== null) {
    await expect(openCtrlClient(options)).rejects.toMatchObject({ code: refusal });
    expect(played.faults).toEqual([]);
    if (refusal === "BAD_CONFIG") {
      count.refused += 1;
      return;
    }
    expect(played.done).toBe(played.steps.length);
    if (login === undefined) return;
    count.played += 1;
    count.good += 1;
    return;
  }
  const stage: Stage = { client: await openCtrlClient(options), frozen: [] };
  onTestFinished(() => stage.client.close());
  if (account !== null) {
    count.played += 1;
    count.good += 1;
  }
  for (const one of said) await playCommand(stage, one, played);
}

async function playCommand(stage: Stage, one: Recorded, played: Played): Promise<void> {
  const tokens =
    one.command === null || one.eol !== undefined ? null : canonicalTokens(sentBytes(one.command));
  const [word = "", ...args] = tokens ?? [];
  const upload = uploadOf(one);
  const call =
    word in COMMANDS && upload !== undefined ? CALLS[word as CommandWord](stage, args, upload) : null;
  if (call === null || one.terminator_missing === true) {
    count.unsayable += 1;
    return;
  }
  const before = played.steps.length;
  played.steps.push(...stepsOf(one));
  const outcome = await call.run().then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  const label = `${one.group} ${one.seq}`;
  if ("error" in outcome && hasCode(outcome.error, "VALUE_NOT_SENDABLE")) {
    expect(played.done, label).toBe(before);
    played.steps.length = before;
    count.refused += 1;
    return;
  }
  count.played += 1;
  expect(played.faults, label).toEqual([]);
  expect(played.done, label).toBe(played.steps.length);
  const code = Number(one.status?.slice(1, 6));
  const lines = (one.lines ?? []).map((line) => {
    const text = Buffer.from(answeredBytes(line), "latin1").toString("utf8");
    return text.startsWith(".") ? text.slice(1) : text;
  });
  if (one.status === null) {
    expect(outcome, label).toMatchObject({ error: { code: "XMAIL_UNREACHABLE" } });
  } else if (one.status.startsWith("+")) {
    expect(outcome, label).toEqual({ value: call.meant?.(lines) });
  } else if (call.instead !== undefined && code in call.instead) {
    expect(outcome, label).toEqual({ value: call.instead[code] });
  } else {
    expect("error" in outcome && isAppError(outcome.error) && outcome.error.internal, label).toMatchObject({
      xmailCode: code,
    });
  }
  count.good += 1;
  words.add(word);
}

function stepsOf(one: Recorded) {
  const expect = `${sentBytes(one.command ?? "")}\r\n`;
  const status = one.status === null ? "" : `${answeredBytes(one.status)}\r\n`;
  const closes = one.closed === true;
  if (one.pre_status !== undefined) {
    const data = (one.payload ?? []).map((line) => `${sentBytes(line)}\r\n`).join("");
    return [
      { expect, reply: `${one.pre_status}\r\n` },
      { expect: `${data}.\r\n`, reply: status, closes },
    ];
  }
  const lines = one.lines?.map((line) => `${answeredBytes(line)}\r\n`);
  return [{ expect, reply: lines === undefined ? status : `${status}${lines.join("")}.\r\n`, closes }];
}

/** The file that was uploaded; `undefined` when its lines were not stuffed as they must be. */
function uploadOf({ payload, upload_unfinished }: Recorded): Buffer | null | undefined {
  if (payload === null || payload === undefined) return null;
  if (upload_unfinished === true || payload.some((line) => /^\.(?!\.)/.test(line))) return undefined;
  const lines = payload.map((line) => sentBytes(line.startsWith("..") ? line.slice(1) : line));
  return Buffer.from(lines.map((line) => `${line}\n`).join(""), "latin1");
}

const OURS = { account: "admin", password: "Adm1n-Secret" } as const;

/** How the client must be told to sign in to write this line; `null` when it cannot write it. */
function accountOf(login: Recorded | undefined): Pick<CtrlOptions, "account" | "password" | "login"> | null {
  const digest = /^"([^"]+)"\t"#\{\{md5:(.+)\}\}"$/.exec(login?.command ?? "");
  if (digest !== null) return { account: digest[1] ?? "", password: digest[2] ?? "" };
  const command = login?.command ?? "";
  const tokens = canonicalTokens(Buffer.from(sentBytes(command), "latin1").toString("utf8"));
  const [account = "", password = ""] = tokens ?? [];
  if (tokens?.length !== 2 || password.startsWith("#")) return null;
  return { account, password, login: "clear" };
}

function refusalOf(greeting: string, upgrade?: Recorded, login?: Recorded): string | null {
  if (greeting.startsWith("-00129")) return "XMAIL_BUSY";
  if (greeting.startsWith("-")) return "XMAIL_LOGIN_REFUSED";
  if (upgrade?.status?.startsWith("-")) return "XMAIL_TLS";
  if (login === undefined || login.status?.startsWith("+")) return null;
  // No answer to a sign-in: what XMail cannot read, and we do not send.
  return login.status === null || /\t""$/.test(login.command ?? "") ? "BAD_CONFIG" : "XMAIL_LOGIN_REFUSED";
}

function trusted(mode: "upgrade" | "direct") {
  return { mode, ca: certificate.cert, servername: "localhost", fingerprint: certificate.fingerprint };
}

async function listen(greeting: string, played: Played, direct: boolean): Promise<number> {
  const sockets = new Set<Socket>();
  const serve = (socket: Socket) => {
    sockets.add(socket);
    // One connection was recorded, so there is no second one.
    server.close();
    playServer(socket, greeting, played, SEED + played.steps.length);
  };
  const { key, cert } = certificate;
  const server = direct ? createTlsServer({ key, cert }, serve) : createServer(serve);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    if (server.listening) server.close();
  });
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}
