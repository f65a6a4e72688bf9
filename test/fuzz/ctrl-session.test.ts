import { createServer, type Socket } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openCtrlClient } from "../../src/ctrl/client.ts";
import { isAppError } from "../../src/errors/error.ts";

/** What a broken or hostile server says, one piece after each thing the client says. */
let script: readonly Uint8Array[] = [];
const sockets = new Set<Socket>();
const server = createServer((socket) => {
  sockets.add(socket);
  let next = 0;
  const speak = () => {
    const piece = script[next];
    next += 1;
    if (piece === undefined) socket.end();
    else socket.write(piece);
  };
  socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
  socket.on("data", speak);
  speak();
});

beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => {
  for (const socket of sockets) socket.destroy();
  server.close();
});

const GREETING = Buffer.from("+00000 <1.2@127.0.0.1> XMail 1.27 CTRL Server; x\r\n");
const OK = Buffer.from("+00000 OK\r\n");
const word = fc.constantFrom(
  "+00000 OK\r\n",
  "+00100 OK\r\n",
  "+00101 OK\r\n",
  "-00103 x\r\n",
  ".\r\n",
  '"a"\r\n',
  '"a"\t"b"\r\n',
  "\r\n",
  "+",
  "\0",
);
const piece = fc.oneof(
  fc.uint8Array({ maxLength: 60 }),
  fc.array(word, { maxLength: 6 }).map((all) => Buffer.from(all.join(""))),
);

test("whatever a server says, every call ends, with an answer or with one of our errors", async () => {
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  let answers = 0;
  const start = fc.constantFrom<readonly Uint8Array[]>([], [GREETING], [GREETING, OK], [GREETING, OK, OK]);
  await fc.assert(
    fc.asyncProperty(start, fc.array(piece, { maxLength: 6 }), async (begun, said) => {
      script = [...begun, ...said];
      const options = {
        host: "127.0.0.1",
        port,
        account: "a",
        password: "p",
        openTimeoutMs: 150,
        commandTimeoutMs: 150,
      };
      try {
        const client = await openCtrlClient(options);
        const calls = await Promise.allSettled([
          client.domains.list(),
          client.domains.add("a.example"),
          client.files.write("x.tab", Buffer.from("x\n")),
          client.users.stat({ domain: "d", name: "n" }),
          (async () => {
            for await (const _ of client.users.list());
          })(),
        ]);
        for (const call of calls) {
          if (call.status === "rejected")
            expect(isAppError(call.reason) && call.reason.code, String(call.reason)).not.toMatch(
              /false|INTERNAL/,
            );
          else answers += 1;
        }
        await client.close();
      } catch (error) {
        if (!isAppError(error)) throw error;
      }
    }),
    { numRuns: 150 },
  );
  expect(answers).toBeGreaterThan(0);
}, 120_000);
