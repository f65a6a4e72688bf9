import { describe, expect, test } from "vitest";
import { openCtrlClient, openLine } from "../../../src/ctrl/client.ts";
import { readOptions } from "../../../src/ctrl/options.ts";
import { encodeCommand } from "../../../src/ctrl/wire.ts";
import { list, OK, type Peer, startPeer } from "./peer.ts";

const USERS = 50_000;
const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const userList = list(
  ...Array.from({ length: USERS }, (_, index) => `"example.com"\t"user${index}"\t"pw"\t"U"`),
);

function manyUsers(): Promise<Peer> {
  return startPeer({
    answer: (line) => {
      if (line.startsWith('"userlist"')) return userList;
      return line.startsWith('"domainlist"') ? list('"example.com"') : OK;
    },
  });
}

describe("a list of 50,000 users", () => {
  test("comes row by row, all of it, in order", async () => {
    const peer = await manyUsers();
    const client = await openCtrlClient(peer.options);
    let next = 0;
    for await (const { name, domain } of client.users.list()) {
      if (name !== `user${next}` || domain !== "example.com") expect.unreachable(`row ${next} is ${name}`);
      next += 1;
    }
    expect(next).toBe(USERS);
    await client.close();
  });

  test("waits for a slow reader: XMail's side fills up instead of our memory", async () => {
    // More than the buffers of two sockets take.
    const long = `+00100 OK\r\n${`"example.com"\t"${"x".repeat(50)}"\t"pw"\t"U"\r\n`.repeat(400_000)}.\r\n`;
    const peer = await startPeer({ answer: (line) => (line.startsWith('"userlist"') ? long : OK) });
    const line = openLine(readOptions({ ...peer.options, connections: 1 }));
    const batches = line.stream(encodeCommand("userlist"))[Symbol.asyncIterator]();
    let lines = (await batches.next()).value.length;
    await later(150);
    const unsent = peer.visits[0]?.socket.writableLength ?? 0;
    expect(unsent).toBeGreaterThan(0);
    await later(150);
    expect(peer.visits[0]?.socket.writableLength).toBe(unsent);
    for (let batch = await batches.next(); batch.done !== true; batch = await batches.next()) {
      lines += batch.value.length;
    }
    expect(lines).toBe(400_000);
    await line.close();
  });

  test("does not age while its reader is slow", async () => {
    const peer = await manyUsers();
    const line = openLine(readOptions({ ...peer.options, commandTimeoutMs: 300 }));
    const batches = line.stream(encodeCommand("userlist"))[Symbol.asyncIterator]();
    await batches.next();
    await later(500);
    let batch = await batches.next();
    while (batch.done !== true) batch = await batches.next();
    await line.close();
  });

  test("may be left in the middle; the connection is good for the next command", async () => {
    const peer = await manyUsers();
    const client = await openCtrlClient({ ...peer.options, connections: 1 });
    for await (const { name } of client.users.list()) if (name === "user10") break;
    expect(await client.domains.list()).toEqual(["example.com"]);
    expect(peer.visits).toHaveLength(1);
    await client.close();
  });

  test("asks for more inside the loop without standing in its own way, even on one connection", async () => {
    const peer = await manyUsers();
    const client = await openCtrlClient({ ...peer.options, connections: 1 });
    let asked = 0;
    let rows = 0;
    for await (const { domain } of client.users.list()) {
      if (rows % 10_000 === 0) {
        expect(await client.domains.list()).toEqual([domain]);
        asked += 1;
      }
      rows += 1;
    }
    expect([rows, asked]).toEqual([USERS, 5]);
    expect(peer.visits).toHaveLength(1);
    await client.close();
  });

  test("stops with the signal", async () => {
    const peer = await manyUsers();
    const client = await openCtrlClient(peer.options);
    const stop = new AbortController();
    const reading = (async () => {
      for await (const _ of client.users.list({}, { signal: stop.signal })) stop.abort();
    })();
    await expect(reading).rejects.toMatchObject({ code: "ABORTED" });
    await client.close();
  });
});

describe("the pool", () => {
  test("opens no more connections than it may, and everybody has a turn", async () => {
    let busy = 0;
    let most = 0;
    const peer = await startPeer({
      async answer(line) {
        if (line === '"noop"') return OK;
        busy += 1;
        most = Math.max(most, busy);
        await later(5);
        busy -= 1;
        return OK;
      },
    });
    const client = await openCtrlClient({ ...peer.options, connections: 3 });
    await Promise.all(Array.from({ length: 20 }, (_, index) => client.domains.add(`d${index}.example`)));
    expect(most).toBe(3);
    expect(peer.visits).toHaveLength(3);
    expect(new Set(peer.commands())).toHaveLength(20);
    await client.close();
  });

  test("who waits may give up", async () => {
    const peer = await startPeer({
      answer: (line) => (line.includes("slow") ? later(100).then(() => OK) : OK),
    });
    const client = await openCtrlClient({ ...peer.options, connections: 1 });
    const slow = client.domains.add("slow.example");
    const stop = new AbortController();
    const waiting = client.domains.add("late.example", { signal: stop.signal });
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ code: "ABORTED" });
    await slow;
    await client.domains.add("next.example");
    expect(peer.commands()).toEqual(['"domainadd"\t"slow.example"', '"domainadd"\t"next.example"']);
    await client.close();
  });

  test("closing waits for what is under way and takes nothing new", async () => {
    const peer = await startPeer({
      answer: (line) => (line.includes("slow") ? later(60).then(() => OK) : OK),
    });
    const client = await openCtrlClient(peer.options);
    const slow = client.domains.add("slow.example");
    await later(10);
    const closed = client.close();
    await expect(client.domains.add("late.example")).rejects.toMatchObject({ code: "XMAIL_UNREACHABLE" });
    await Promise.all([slow, closed]);
    expect(peer.visits.map(({ lines }) => lines.at(-1))).toEqual(['"quit"']);
  });

  test("a failed sign-in leaves its place to others", async () => {
    const peer = await startPeer({ login: "-00105 Bad controller login\r\n" });
    const line = openLine(readOptions({ ...peer.options, connections: 1 }));
    for (let turn = 0; turn < 3; turn += 1) {
      await expect(line.greet()).rejects.toMatchObject({ code: "XMAIL_LOGIN_REFUSED" });
    }
    await line.close();
  });
});

describe("the nudge", () => {
  test("is sent only behind a list that lacks its end, and its answers are nobody's", async () => {
    const peer = await startPeer({
      async answer(line, { socket }) {
        if (!line.startsWith('"domainlist"')) return OK;
        socket.write("+00100 OK\r\n");
        await later(20);
        socket.write('"a.example"\r\n');
        await later(20);
        return ".\r\n";
      },
    });
    const client = await openCtrlClient(peer.options);
    await client.domains.add("x.example");
    const before = peer.visits[0]?.lines.length ?? 0;
    expect(await client.domains.list()).toEqual(["a.example"]);
    expect(await client.domains.list()).toEqual(["a.example"]);
    await client.domains.add("y.example");
    const nudges = peer.visits[0]?.lines.slice(before).filter((line) => line === '"noop"') ?? [];
    expect(nudges.length).toBeGreaterThan(1);
    expect(nudges.length).toBeLessThanOrEqual(16);
    expect(peer.visits[0]?.lines.slice(0, before).filter((line) => line === '"noop"')).toHaveLength(1);
    await client.close();
  });

  test("comes when a list of large pieces stands still: the end waits for it, as Nagle has it", async () => {
    const peer = await startPeer({
      async answer(line, { socket, queue }) {
        if (!line.startsWith('"domainlist"')) return OK;
        socket.write(`+00100 OK\r\n${'"a.example"\r\n'.repeat(500)}`);
        while (!queue.includes('"noop"')) await later(1);
        return ".\r\n";
      },
    });
    const client = await openCtrlClient({ ...peer.options, commandTimeoutMs: 2_000 });
    expect(await client.domains.list()).toHaveLength(500);
    await client.close();
  });
});
