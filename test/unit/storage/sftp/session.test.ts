import { Duplex } from "node:stream";
import { describe, expect, test } from "vitest";
import { openSession, type SessionOptions, type Wire } from "../../../../src/storage/sftp/session.ts";
import { TYPE } from "../../../../src/storage/sftp/wire.ts";

const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
};
const packet = (...parts: Uint8Array[]) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([u32(body.length), body]);
};
const VERSION = packet(Buffer.from([2]), u32(3));
const status = (id: number, code: number) => packet(Buffer.from([101]), u32(id), u32(code), u32(0), u32(0));
const PATIENT: SessionOptions = { timeoutMs: 60_000, idleMs: 60_000 };

/** A server that answers each request with what `answer` makes of its type and number. */
function peer(answer: (type: number, id: number) => Uint8Array | null) {
  const calls: string[] = [];
  let bytesRead = 0;
  const channel = new Duplex({
    read() {},
    write(bytes: Buffer, _, done) {
      for (let at = 0; at < bytes.length; at += 4 + bytes.readUInt32BE(at)) {
        const reply = answer(bytes[at + 4] ?? 0, bytes.readUInt32BE(at + 5));
        if (reply) {
          bytesRead += reply.length;
          channel.push(reply);
        }
      }
      done();
    },
  });
  const wire: Wire = {
    get bytesRead() {
      return bytesRead;
    },
    ref: () => calls.push("ref"),
    unref: () => calls.push("unref"),
    destroy: () => calls.push("destroy"),
    onEnd() {},
  };
  return { channel, wire, calls };
}

describe("a session of SFTP", () => {
  const greeting = (then: (id: number) => Uint8Array | null) => (type: number, id: number) =>
    type === TYPE.INIT ? VERSION : then(id);

  test("lets the process go between questions, and holds it during them", async () => {
    const { channel, wire, calls } = peer(greeting((id) => status(id, 0)));
    const session = await openSession(channel, wire, PATIENT);
    expect(calls).toEqual(["ref", "unref"]);
    await Promise.all([session.ask(TYPE.REMOVE, ["a"]), session.ask(TYPE.REMOVE, ["b"])]);
    expect(calls).toEqual(["ref", "unref", "ref", "unref"]);
    expect([session.readBytes, session.writeBytes, session.has("fsync@openssh.com")]).toEqual([
      32_768,
      32_768,
      false,
    ]);
    session.end();
    expect(calls.at(-1)).toBe("destroy");
  });

  test("every question has an end when the line is lost, and later ones too", async () => {
    const { channel, wire } = peer(greeting(() => null));
    const session = await openSession(channel, wire, PATIENT);
    const asked = [session.ask(TYPE.REMOVE, ["a"]), session.ask(TYPE.REMOVE, ["b"])];
    setTimeout(() => channel.push(null), 5);
    for (const { status: outcome } of await Promise.allSettled(asked)) expect(outcome).toBe("rejected");
    expect(session.over).toBe(true);
    await expect(session.ask(TYPE.REMOVE, ["c"])).rejects.toMatchObject({ code: "STORAGE_FAILED" });
  });

  test.each([
    ["an answer to nothing", (id: number) => status(id + 9, 0)],
    ["an answer of no known kind", (id: number) => packet(Buffer.from([250]), u32(id))],
    ["an answer cut short", (id: number) => packet(Buffer.from([101]), u32(id))],
    ["an endless answer", () => u32(0xfffffff0)],
    ["a second greeting", () => VERSION],
  ])("%s ends the session", async (_, answer) => {
    const { channel, wire, calls } = peer(greeting(answer));
    const session = await openSession(channel, wire, PATIENT);
    await expect(session.ask(TYPE.REMOVE, ["a"])).rejects.toMatchObject({
      code: "STORAGE_FAILED",
      internal: { lost: "closed" },
    });
    expect(calls.at(-1)).toBe("destroy");
  });

  test("silence ends it while something is asked, and only then", async () => {
    const { channel, wire } = peer(greeting(() => null));
    const session = await openSession(channel, wire, { timeoutMs: 50, idleMs: 60_000 });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(session.over).toBe(false);
    await expect(session.ask(TYPE.REMOVE, ["a"])).rejects.toMatchObject({ internal: { lost: "silent" } });
  });

  test("a connection that nobody uses is given back", async () => {
    const { channel, wire } = peer(greeting((id) => status(id, 0)));
    const session = await openSession(channel, wire, { timeoutMs: 60_000, idleMs: 30 });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(session.over).toBe(true);
  });
});
