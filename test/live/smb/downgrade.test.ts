import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { storagePath } from "../../../src/storage/path.ts";
import { openLink } from "../../../src/storage/smb/link.ts";
import type { SmbOptions } from "../../../src/storage/smb/options.ts";
import { smb } from "../../../src/storage/smb/smb.ts";
import { describeWith, samba } from "../../peers.ts";
import { startProxy } from "../proxy.ts";
import { type SambaServer, startSamba } from "./servers.ts";

vi.setConfig({ testTimeout: 60_000 });

/** Where things stand in a NEGOTIATE request, its four bytes of length in front. */
const DIALECT_COUNT = 4 + 64 + 2;
const SECURITY_MODE = 4 + 64 + 4;
const CAPABILITIES = 4 + 64 + 8;
const COMMAND = 4 + 12;
/** In an answer. */
const STATUS = 4 + 8;
const FLAGS = 4 + 16;
const SIGNATURE = 4 + 48;
const SESSION_FLAGS = 4 + 64 + 2;
const numbers = (...all: number[]) => Buffer.from(all.flatMap((one) => [one, 0]));

/** What somebody between makes of our first message, so that the server takes us for weaker than we are. */
const WEAKER: readonly (readonly [string, (request: Buffer) => void])[] = [
  ["only 2.0.2", (request) => request.writeUInt16LE(1, DIALECT_COUNT)],
  ["nothing above 2.1", (request) => request.writeUInt16LE(2, DIALECT_COUNT)],
  ["nothing above 3.0", (request) => request.writeUInt16LE(3, DIALECT_COUNT)],
  ["nothing above 3.0.2", (request) => request.writeUInt16LE(4, DIALECT_COUNT)],
  ["no signing asked for", (request) => request.writeUInt16LE(2, SECURITY_MODE)],
  ["no encryption, at 3.1.1", (request) => request.writeUInt32LE(0, CAPABILITIES)],
  ["one cipher only", (request) => request.writeUInt16LE(1, found(request, numbers(4, 2, 1, 4, 3)))],
  [
    "no cipher that is known",
    (request) => request.set(numbers(4, 9, 9, 9, 9), found(request, numbers(4, 2, 1, 4, 3))),
  ],
  [
    "the slowest signature",
    (request) => request.set(numbers(3, 0, 0, 0), found(request, numbers(3, 2, 1, 0))),
  ],
];

function found(request: Buffer, bytes: Buffer): number {
  const at = request.indexOf(bytes);
  expect(at, "what is to be changed is there").toBeGreaterThan(0);
  return at;
}

describeWith("samba", samba(), "somebody between us and Samba, who weakens what is agreed on", () => {
  let server: SambaServer;
  let proxy: Awaited<ReturnType<typeof startProxy>>;
  let changed = 0;
  const optionsOf = (more: Partial<SmbOptions> = {}): SmbOptions => ({
    ...{ host: "127.0.0.1", port: proxy.port, share: server.share },
    ...{ user: server.user, password: server.password, ...more },
  });
  function weaken(how: (request: Buffer) => void): void {
    changed = 0;
    proxy.weather({
      corruptSent(piece) {
        // NEGOTIATE is number 0, and the first that is sent.
        if (changed > 0 || piece.readUInt16LE(COMMAND) !== 0) return piece;
        changed += 1;
        const other = Buffer.from(piece);
        how(other);
        return other;
      },
    });
  }

  beforeAll(async () => {
    server = await startSamba("default");
    proxy = await startProxy(server.port);
    writeFileSync(join(server.folder, "f"), "secret");
  });
  afterAll(async () => {
    await proxy.close();
    await server.stop();
  });

  /** Changes the last answer of the sign-in; the first asks for more. */
  function changeLastAnswer(how: (reply: Buffer) => void): void {
    changed = 0;
    proxy.weather({
      corrupt(piece) {
        const isSignIn = piece.readUInt16LE(COMMAND) === 1 && piece.readUInt32LE(STATUS) === 0;
        if (changed > 0 || !isSignIn) return piece;
        changed += 1;
        const other = Buffer.from(piece);
        how(other);
        return other;
      },
    });
  }

  test.each<[string, (reply: Buffer) => void]>([
    ["a changed signature", (reply) => reply.writeUInt8(reply.readUInt8(SIGNATURE) ^ 1, SIGNATURE)],
    ["no signature", (reply) => reply.writeUInt32LE(reply.readUInt32LE(FLAGS) & ~8, FLAGS)],
    ["other flags of the session", (reply) => reply.writeUInt16LE(4, SESSION_FLAGS)],
  ])("%s under the last answer of the sign-in is refused", async (_, how) => {
    changeLastAnswer(how);
    await expect(openLink(optionsOf())).rejects.toMatchObject({
      code: expect.stringMatching(/^STORAGE_(FAILED|DENIED)$/),
    });
    expect(changed).toBe(1);
  });

  test("who changes nothing is not noticed", async () => {
    weaken(() => undefined);
    const storage = await smb(optionsOf());
    expect(Buffer.from(await storage.read(storagePath("f"))).toString()).toBe("secret");
    await storage.close();
    expect(changed).toBe(1);
  });

  test.each(WEAKER)("%s: is refused, required signing or not", async (_, how) => {
    for (const requireSigning of [true, false]) {
      weaken(how);
      const outcome = await openLink(optionsOf({ requireSigning })).then(
        (link) => {
          link.close();
          return `let through at ${link.agreement.dialect.name}`;
        },
        (error: { code: string }) => error.code,
      );
      expect(outcome, `required: ${requireSigning}`).toMatch(/^STORAGE_(FAILED|DENIED)$/);
      expect(changed).toBe(1);
    }
  });
});
