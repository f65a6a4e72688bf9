import { createServer, type Server, type Socket } from "node:net";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { creditPool } from "../../../../src/storage/smb/credits.ts";
import { type Exchange, openExchange } from "../../../../src/storage/smb/exchange.ts";
import { frameReader } from "../../../../src/storage/smb/frames.ts";
import { openGate } from "../../../../src/storage/smb/gate.ts";
import { lostConnection } from "../../../../src/storage/smb/lost.ts";
import { COMMAND, encode, headerOf, messagesIn, type Request } from "../../../../src/storage/smb/messages.ts";
import { SIGNING, signerFor } from "../../../../src/storage/smb/signing.ts";
import { inWindows } from "../../../../src/storage/smb/windows.ts";

const failed = expect.objectContaining({ code: "STORAGE_FAILED" });
const ECHO: Request = { command: COMMAND.echo, body: [Buffer.from([4, 0, 0, 0])] };
const PENDING = 0x103;

describe("frames", () => {
  const prefixed = (bytes: Uint8Array) => {
    const prefix = Buffer.alloc(4);
    prefix.writeUInt32BE(bytes.length);
    return Buffer.concat([prefix, bytes]);
  };
  /** Fills what the reader offers, at most `step` bytes at a time. */
  function feed(stream: Buffer, step: () => number, maxBytes = 1_000_000): Buffer[] {
    const frames: Buffer[] = [];
    const reader = frameReader(
      () => maxBytes,
      (frame) => frames.push(Buffer.from(frame)) > 0,
    );
    for (let at = 0; at < stream.length; ) {
      const count = stream.copy(reader.space(), 0, at, at + Math.max(1, step()));
      reader.filled(count);
      at += count;
    }
    return frames;
  }

  test("come out whole, whatever pieces they come in", () => {
    const sizes = fc.array(
      fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 60_000, max: 300_000 })),
      {
        maxLength: 5,
      },
    );
    fc.assert(
      fc.property(sizes, fc.infiniteStream(fc.oneof(fc.nat(9), fc.nat(200_000))), (lengths, steps) => {
        const frames = lengths.map((length, index) => Buffer.alloc(length, index + 1));
        const got = feed(Buffer.concat(frames.map(prefixed)), () => steps.next().value ?? 1);
        expect(got.length).toBe(frames.length);
        for (const [index, frame] of frames.entries()) expect(got[index]?.equals(frame)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  test("of no or too great a length are refused", () => {
    expect(() => feed(Buffer.from([0, 0, 0, 0]), () => 4)).toThrow(failed);
    expect(() => feed(prefixed(Buffer.alloc(1_001)), () => 9, 1_000)).toThrow(failed);
    expect(() => feed(Buffer.from("HTTP/1.1 400 Bad Request"), () => 9)).toThrow(failed);
  });
});

describe("messages", () => {
  test("a chain is cut where it says, or refused", () => {
    const to = { session: 1n, tree: 2, charge: 1, creditsWanted: 1 };
    const chain = Buffer.concat([
      encode(ECHO, { first: true, last: false }, { ...to, id: 1 }),
      encode(ECHO, { first: false, last: true }, { ...to, id: 2 }),
    ]);
    expect([...messagesIn(chain)].map((message) => message.readUInt8(24))).toEqual([1, 2]);
    for (const next of [1, 8, 63, 7_000, 0xffffffff]) {
      const broken = Buffer.from(chain);
      broken.writeUInt32LE(next, 20);
      expect(() => [...messagesIn(broken)], `next ${next}`).toThrow(failed);
    }
    expect(() => headerOf(chain), "a request").toThrow(failed);
  });
});

describe("credits", () => {
  test("are never overdrawn, and numbers follow one another", () => {
    const charges = fc.array(fc.integer({ min: 1, max: 16 }), { maxLength: 60 });
    fc.assert(
      fc.property(charges, fc.infiniteStream(fc.nat(20)), (wanted, grants) => {
        const pool = creditPool();
        let allowed = 1;
        const went: number[] = [];
        for (const [index, charge] of wanted.entries()) {
          pool.take(charge, (id) => {
            expect(id).toBe(wanted.slice(0, index).reduce((sum, one) => sum + one, 0));
            allowed -= charge;
            expect(allowed).toBeGreaterThanOrEqual(0);
            went.push(index);
          });
        }
        for (let rounds = 0; went.length < wanted.length && rounds < 1_000; rounds += 1) {
          const granted = 1 + (grants.next().value ?? 0);
          allowed += granted;
          pool.give(granted, 0);
        }
        expect(went).toEqual(wanted.map((_, index) => index));
      }),
    );
  });
});

describe("the gate", () => {
  test("lets readers in together, and a writer alone with all below", async () => {
    const gate = openGate((name) => name);
    const log: string[] = [];
    const visit = (label: string, name: string, alone: boolean, ms: number) =>
      gate.pass([{ name, alone }], async () => {
        log.push(`+${label}`);
        await new Promise((resolve) => setTimeout(resolve, ms));
        log.push(`-${label}`);
      });
    await Promise.all([
      visit("r1", "d\\f", false, 20),
      visit("r2", "d\\f", false, 40),
      visit("w", "d", true, 10),
      visit("late", "d\\f", false, 1),
      visit("other", "dd\\f", false, 1),
    ]);
    expect(log.indexOf("+r2")).toBeLessThan(log.indexOf("-r1"));
    expect(log.slice(-4)).toEqual(["+w", "-w", "+late", "-late"]);
    expect(log.indexOf("+other")).toBeLessThan(log.indexOf("+w"));
  });

  test("opens again after a failure", async () => {
    const gate = openGate((name) => name.toLowerCase());
    const alone = (name: string) => [{ name, alone: true }];
    await expect(gate.pass(alone("A"), () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    await expect(gate.pass(alone("a"), async () => "in")).resolves.toBe("in");
  });
});

test("windows cover every byte once, some at a time, and stop after a failure", async () => {
  const seen: number[] = [];
  let most = 0;
  let now = 0;
  await inWindows(100, 7, async (start, stop) => {
    most = Math.max(most, ++now);
    await new Promise((resolve) => setImmediate(resolve));
    for (let at = start; at < stop; at += 1) seen.push(at);
    now -= 1;
  });
  expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, at) => at));
  expect(most).toBe(8);
  let begun = 0;
  const work = async () => {
    begun += 1;
    throw new Error("full");
  };
  await expect(inWindows(1_000, 1, work)).rejects.toThrow("full");
  expect(begun).toBeLessThanOrEqual(8);
});

describe("an exchange with a server that misbehaves", () => {
  const servers: Server[] = [];
  const exchanges: Exchange[] = [];
  afterEach(async () => {
    for (const exchange of exchanges.splice(0)) exchange.lose(lostConnection("over"));
    for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
  });

  /** Answers each frame with what `answer` makes of the request. */
  async function against(
    answer: (request: Buffer, socket: Socket) => (Buffer | null)[],
    timeoutMs = 20_000,
  ): Promise<Exchange> {
    const server = createServer((socket) => {
      let stream = Buffer.alloc(0);
      socket.on("error", () => undefined);
      socket.on("data", (chunk) => {
        stream = Buffer.concat([stream, chunk]);
        for (let length = 0; stream.length >= 4; stream = stream.subarray(4 + length)) {
          length = stream.readUInt32BE();
          if (stream.length < 4 + length) return;
          for (const message of answer(stream.subarray(4, 4 + length), socket)) {
            if (!message) continue;
            const prefix = Buffer.alloc(4);
            prefix.writeUInt32BE(message.length);
            socket.write(Buffer.concat([prefix, message]));
          }
        }
      });
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    const exchange = openExchange("127.0.0.1", address.port, timeoutMs);
    exchanges.push(exchange);
    return exchange;
  }

  function reply(request: Buffer, status = 0, flags = 1): Buffer {
    const message = Buffer.from(request);
    message.writeUInt32LE(status, 8);
    message.writeUInt16LE(10, 14);
    message.writeUInt32LE(flags, 16);
    return message;
  }

  test("waits on after an interim answer", async () => {
    const exchange = await against((request) => [reply(request, PENDING, 3), reply(request)]);
    await expect(exchange.ask([ECHO])).resolves.toMatchObject([{ status: 0 }]);
  });

  test("takes answers in any order", async () => {
    const held: Buffer[] = [];
    const exchange = await against((request) => {
      held.push(Buffer.from(request));
      if (held.length === 1) return [reply(request)];
      return held.length === 4
        ? held
            .slice(1)
            .reverse()
            .map((one) => reply(one))
        : [];
    });
    await exchange.ask([ECHO]);
    const replies = await Promise.all([exchange.ask([ECHO]), exchange.ask([ECHO]), exchange.ask([ECHO])]);
    expect(replies.map(([one]) => one?.message.readUInt8(24))).toEqual([1, 2, 3]);
  });

  test.each<[string, (request: Buffer) => Buffer]>([
    ["an answer to nothing", (request) => reply(request).fill(99, 24, 25)],
    ["an answer to something else", (request) => reply(request).fill(5, 12, 13)],
    ["a request", (request) => Buffer.from(request)],
    ["half a header", (request) => reply(request).subarray(0, 40)],
    ["something encrypted", (request) => Buffer.concat([Buffer.from("fd534d42", "hex"), reply(request)])],
    ["another protocol", () => Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n".repeat(5))],
  ])("%s is a failure", async (_, answer) => {
    const exchange = await against((request) => [answer(request)]);
    await expect(exchange.ask([ECHO])).rejects.toThrow(failed);
    await expect(exchange.ask([ECHO]), "and the connection is no more").rejects.toThrow(failed);
  });

  test("an unsigned answer is a failure once signing is on, also of an error", async () => {
    for (const status of [0, 0xc0000034]) {
      const exchange = await against((request) => [reply(request, status)]);
      exchange.session.signer = signerFor(SIGNING.hmacSha256, Buffer.alloc(16));
      exchange.session.signing = true;
      await expect(exchange.ask([ECHO])).rejects.toThrow(failed);
    }
  });

  test("an answer in the clear is a failure once encryption is on", async () => {
    const exchange = await against((request) => [reply(request)]);
    exchange.session.sealing = true;
    exchange.session.sealer = { seal: (message) => message, unseal: (message) => message };
    await expect(exchange.ask([ECHO])).rejects.toThrow(failed);
  });

  test("silence is a failure in time, a server that says it works on it gets more", async () => {
    const silent = await against(() => [], 120);
    await expect(silent.ask([ECHO])).rejects.toThrow("did not answer in time");
    const busy = await against((request, socket) => {
      const asked = Buffer.from(request);
      const tell = (message: Buffer) => {
        const prefix = Buffer.alloc(4);
        prefix.writeUInt32BE(message.length);
        socket.write(Buffer.concat([prefix, message]));
      };
      for (const ms of [300, 600, 900]) setTimeout(() => tell(reply(asked, PENDING, 3)), ms);
      setTimeout(() => tell(reply(asked)), 1_200);
      return [];
    }, 700);
    await expect(busy.ask([ECHO])).resolves.toMatchObject([{ status: 0 }]);
  });

  test("nobody there, or hanging up, is a failure at once", async () => {
    const gone = openExchange("127.0.0.1", 1, 20_000);
    await expect(gone.ask([ECHO])).rejects.toThrow("cannot be reached");
    const rude = await against((_, socket) => {
      socket.end();
      return [];
    });
    await expect(rude.ask([ECHO])).rejects.toThrow("broke");
  });

  test("a server that allows too little at once is a failure, not a wait without end", async () => {
    const chain = [ECHO, ECHO, ECHO];
    for (const granted of [0, 1]) {
      const mean = await against((request) => {
        const message = reply(request);
        message.writeUInt16LE(granted, 14);
        return [message];
      });
      await mean.ask([ECHO]);
      await expect(mean.ask(chain), "asked afterwards").rejects.toThrow("too little");
      const early = await against((request) => {
        const message = reply(request);
        message.writeUInt16LE(granted, 14);
        return [message];
      });
      const [first, waiting] = await Promise.allSettled([early.ask([ECHO]), early.ask(chain)]);
      expect(first.status).toBe("fulfilled");
      expect(waiting, "asked meanwhile").toMatchObject({ status: "rejected", reason: failed });
    }
  }, 15_000);

  test("whatever bytes come, every question has an end", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(75), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        fc.nat(80),
        async (changes, cut) => {
          const exchange = await against((request) => {
            const message = reply(request);
            for (const [at, value] of changes) message[at % message.length] = value;
            return [message.subarray(0, Math.max(1, cut))];
          }, 150);
          const outcome = await exchange.ask([ECHO]).catch((error: unknown) => error);
          if (!Array.isArray(outcome)) expect(outcome).toEqual(failed);
        },
      ),
      { numRuns: 60 },
    );
  });
});
