import { describe, expect, test } from "vitest";
import { openCtrlClient, openLine } from "../../../src/ctrl/client.ts";
import { collecting } from "../../../src/ctrl/exchange.ts";
import { openConnection } from "../../../src/ctrl/login.ts";
import { readOptions } from "../../../src/ctrl/options.ts";
import { queueOver } from "../../../src/ctrl/queue.ts";
import { encodeUpload } from "../../../src/ctrl/upload.ts";
import { encodeCommand } from "../../../src/ctrl/wire.ts";
import { hasCode } from "../../../src/errors/error.ts";
import { list, OK, startPeer, type Visit } from "./peer.ts";

const vars = (name: string) =>
  encodeCommand("uservars", [
    { name: "d", value: "d" },
    { name: "n", value: name },
  ]);
const nameIn = (line: string) => line.split("\t")[2]?.slice(1, -1) ?? "";
const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function failure(work: Promise<unknown>): Promise<{ code: string; message: string }> {
  return work.then(
    () => ({ code: "none", message: "" }),
    (error: { code: string; message: string }) => ({ code: error.code, message: error.message }),
  );
}

describe("pipelining", () => {
  test("gives answers in order, never more commands under way than the window", async () => {
    let most = 0;
    const peer = await startPeer({
      async answer(line, { queue }) {
        if (line === '"noop"') return OK;
        await new Promise((resolve) => setImmediate(resolve));
        most = Math.max(most, queue.filter((one) => one !== '"noop"').length);
        return list(`"Name"\t"${nameIn(line)}"`);
      },
    });
    const line = openLine(readOptions({ ...peer.options, window: 16 }));
    const asked = Array.from({ length: 500 }, (_, index) => `u${index}`);
    const given = await line.askAll(asked.map(vars), ({ lines }) => lines[0]);
    expect(given).toEqual(asked.map((name) => `"Name"\t"${name}"`));
    expect(most).toBeLessThanOrEqual(16);
    expect(most).toBeGreaterThan(8);
    await line.close();
  });

  test("keeps reading while it writes: full buffers on both sides stop nobody", async () => {
    const long = `"Name"\t"${"x".repeat(3900)}"`;
    const peer = await startPeer({
      answer: (line) => (line === '"noop"' ? OK : list(...Array(20).fill(long))),
    });
    const line = openLine(readOptions({ ...peer.options, window: 1024 }));
    const commands = Array.from({ length: 1024 }, () => vars("y".repeat(3900)));
    const sizes = await line.askAll(commands, ({ lines }) => lines.length);
    expect(sizes).toEqual(Array(1024).fill(20));
    await line.close();
  });

  test("a change behind a nudged list sends a byte to fetch the nudges' answers, and the rest after them", async () => {
    let meanwhile = "";
    const peer = await startPeer({
      async answer(line, visit) {
        if (line.startsWith('"uservars"')) {
          visit.socket.write("+00100 OK\r\n");
          await later(30);
          return '"Name"\t"hana"\r\n.\r\n';
        }
        if (line !== '"noop"') return OK;
        await later(60);
        meanwhile = visit.bytes.slice(visit.bytes.lastIndexOf("\n") + 1);
        return OK;
      },
    });
    const line = openLine(readOptions({ ...peer.options, connections: 1 }));
    await line.ask(vars("hana"));
    const change = encodeCommand("userpasswd", [{ name: "d", value: "d" }]);
    expect((await line.ask(change)).status).toMatchObject({ ok: true });
    expect(meanwhile).toBe('"');
    expect(peer.commands()).toEqual([expect.stringContaining("uservars"), '"userpasswd"\t"d"']);
    await line.close();
  });

  test("a change that waits for a nudge's answer which never comes was not sent, and ends in time", async () => {
    const peer = await startPeer({
      async answer(line, visit) {
        if (line === '"noop"') return null;
        visit.socket.write("+00100 OK\r\n");
        await later(30);
        return ".\r\n";
      },
    });
    const line = openLine(readOptions({ ...peer.options, connections: 1, commandTimeoutMs: 200 }));
    await line.ask(vars("hana"));
    const { code, message } = await failure(
      line.ask(encodeCommand("userpasswd", [{ name: "d", value: "d" }])),
    );
    expect(code).toBe("XMAIL_TIMEOUT");
    expect(message).not.toContain("may have made");
    expect(peer.commands()).toEqual([expect.stringContaining("uservars")]);
    await line.close();
  });

  test("one refused command spoils no other", async () => {
    const peer = await startPeer({
      answer: (line) =>
        nameIn(line) === "bad" ? "-00157 Record not found\r\n" : line === '"noop"' ? OK : list(),
    });
    const line = openLine(readOptions(peer.options));
    const codes = await line.askAll(["a", "bad", "b"].map(vars), ({ status }) => status.code);
    expect(codes).toEqual([100, 157, 100]);
    await line.close();
  });
});

describe("deadlines", () => {
  test("a silent server fails a command, and its connection is never used again", async () => {
    const peer = await startPeer({
      answer: (line, { number }) => (line === '"noop"' || number > 1 ? OK : null),
    });
    const client = await openCtrlClient({ ...peer.options, commandTimeoutMs: 60 });
    const change = await failure(client.domains.remove("a.example"));
    expect(change.code).toBe("XMAIL_TIMEOUT");
    expect(change.message).toContain("may have made the change");
    await client.domains.remove("b.example");
    expect(peer.visits).toHaveLength(2);
    expect(peer.visits[0]?.lines.at(-1)).toBe('"domaindel"\t"a.example"');
    await client.close();
  });

  test("a late answer is not taken for the next one's", async () => {
    const peer = await startPeer({
      answer(line, { number, socket }) {
        if (number > 1 || line === '"noop"')
          return line.startsWith('"domainlist"') ? list('"right.example"') : OK;
        setTimeout(() => socket.write(list('"wrong.example"')), 120);
        return null;
      },
    });
    const client = await openCtrlClient({ ...peer.options, commandTimeoutMs: 60 });
    expect((await failure(client.domains.list())).code).toBe("XMAIL_TIMEOUT");
    await later(100);
    expect(await client.domains.list()).toEqual(["right.example"]);
    await client.close();
  });

  test("a frozen message has time by its size, on top of that of each command", async () => {
    const row = (name: string, size: number) =>
      `"${name}"\t"1"\t"2"\t"<a@x.test>"\t"<b@y.test>"\t"2026-11-24 08:00:00"\t"${size}"\t"1"`;
    const peer = await startPeer({
      async answer(line) {
        if (line === '"frozlist"') return list(row("1.small.mx1", 10), row("2.large.mx1", 50_000));
        if (!line.startsWith('"frozgetmsg"')) return OK;
        await later(400);
        return list("text");
      },
    });
    const line = openLine(readOptions({ ...peer.options, commandTimeoutMs: 150 }));
    const queue = queueOver(line);
    const small = await queue.find("1.small.mx1");
    const large = await queue.find("2.large.mx1");
    if (!small || !large) throw new Error("nothing was listed");
    expect(Buffer.from((await queue.message(large))?.bytes ?? []).toString()).toBe("text\n");
    expect((await failure(queue.message(small))).code).toBe("XMAIL_TIMEOUT");
    await line.close();
  });

  test("each command of a pipeline has its own time", async () => {
    const peer = await startPeer({
      async answer(line) {
        if (line !== '"noop"') await later(60);
        return line === '"noop"' ? OK : list();
      },
    });
    const line = openLine(readOptions({ ...peer.options, commandTimeoutMs: 200 }));
    expect(await line.askAll(["0", "1", "2", "3", "4", "5"].map(vars), () => true)).toHaveLength(6);
    await line.close();
  });

  test("a list that stops in the middle fails too", async () => {
    const peer = await startPeer({
      answer: (line) => (line === '"noop"' ? OK : '+00100 OK\r\n"a.example"\r\n'),
    });
    const client = await openCtrlClient({ ...peer.options, commandTimeoutMs: 80 });
    expect((await failure(client.domains.list())).code).toBe("XMAIL_TIMEOUT");
    await client.close();
  });
});

describe("abort", () => {
  test("gives the connection up; others are not touched", async () => {
    const peer = await startPeer({ answer: (line) => (line.includes("stuck") ? null : OK) });
    const client = await openCtrlClient(peer.options);
    const stop = new AbortController();
    const stuck = failure(client.domains.remove("stuck.example", { signal: stop.signal }));
    await later(20);
    const fine = client.domains.add("fine.example");
    stop.abort();
    expect((await stuck).code).toBe("ABORTED");
    await fine;
    await client.domains.add("next.example");
    expect(peer.visits[0]?.lines.at(-1)).toContain("stuck.example");
    await client.close();
  });

  test("before anything is sent nothing is sent", async () => {
    const peer = await startPeer();
    const client = await openCtrlClient(peer.options);
    expect((await failure(client.domains.remove("a.example", { signal: AbortSignal.abort() }))).code).toBe(
      "ABORTED",
    );
    expect(peer.commands()).toEqual([]);
    await client.close();
  });
});

describe("a lost connection", () => {
  test("a read is tried once more", async () => {
    const peer = await startPeer({
      answer: (line, { number }) => (line === '"noop"' ? OK : number === 1 ? "close" : list('"a.example"')),
    });
    const client = await openCtrlClient(peer.options);
    expect(await client.domains.list()).toEqual(["a.example"]);
    expect(peer.visits).toHaveLength(2);
    await client.close();
  });

  test("but only once", async () => {
    const peer = await startPeer({ answer: (line) => (line === '"noop"' ? OK : "close") });
    const client = await openCtrlClient(peer.options);
    expect((await failure(client.domains.list())).code).toBe("XMAIL_UNREACHABLE");
    expect(peer.commands()).toHaveLength(2);
    await client.close();
  });

  test("a change is never repeated, and the error says what is not known", async () => {
    const peer = await startPeer({ answer: (line) => (line === '"noop"' ? OK : "close") });
    const client = await openCtrlClient(peer.options);
    const lost = await failure(client.domains.remove("a.example"));
    expect(lost).toMatchObject({
      code: "XMAIL_OUTCOME_UNKNOWN",
      message: expect.stringContaining("look before"),
    });
    expect(peer.commands()).toEqual(['"domaindel"\t"a.example"']);
    await client.close();
  });

  test("a pipeline goes on where it broke off", async () => {
    const asked: string[] = [];
    const peer = await startPeer({
      answer(line, { number, socket }) {
        if (line === '"noop"') return OK;
        asked.push(`${number}:${nameIn(line)}`);
        if (number === 1 && nameIn(line) === "u5") socket.destroy();
        return socket.destroyed ? null : list(`"n"\t"${nameIn(line)}"`);
      },
    });
    const line = openLine(readOptions({ ...peer.options, window: 4 }));
    const names = Array.from({ length: 12 }, (_, index) => `u${index}`);
    const given = await line.askAll(names.map(vars), ({ lines }) => lines[0]);
    expect(given).toEqual(names.map((name) => `"n"\t"${name}"`));
    expect(asked.filter((one) => one.endsWith(":u0"))).toHaveLength(1);
    await line.close();
  });

  test("a list that was begun is not begun again", async () => {
    const peer = await startPeer({
      async answer(line, { socket }) {
        if (line === '"noop"') return OK;
        socket.write('+00100 OK\r\n"d"\t"n"\t"p"\t"U"\r\n');
        await later(30);
        return "close";
      },
    });
    const client = await openCtrlClient(peer.options);
    const seen: string[] = [];
    const reading = (async () => {
      for await (const { name } of client.users.list()) seen.push(name);
    })();
    expect((await failure(reading)).code).toBe("XMAIL_UNREACHABLE");
    expect(seen).toEqual(["n"]);
    expect(peer.commands()).toHaveLength(1);
    await client.close();
  });

  test("a change does not meet a connection that died while it lay about", async () => {
    const peer = await startPeer({ answer: () => OK });
    const client = await openCtrlClient(peer.options);
    // XMail closes idle sessions without a word; here the word does not even reach us.
    peer.visits[0]?.socket.removeAllListeners("data");
    peer.visits[0]?.socket.on("data", () => peer.visits[0]?.socket.destroy());
    await later(1_100);
    await client.domains.remove("a.example");
    expect(peer.visits).toHaveLength(2);
    expect(peer.commands()).toEqual(['"domaindel"\t"a.example"']);
    await client.close();
  });

  test("an idle connection is left before XMail leaves it", async () => {
    const peer = await startPeer();
    const client = await openCtrlClient({ ...peer.options, idleMs: 50 });
    await later(120);
    expect(peer.visits[0]?.lines.at(-1)).toBe('"quit"');
    await client.domains.add("a.example");
    expect(peer.visits).toHaveLength(2);
    await client.close();
  });
});

describe("answers that make no sense", () => {
  test.each([
    ["no status", "hello\r\n"],
    ["a list where none was asked", list()],
    ["an upload nobody wanted", "+00101 OK\r\n"],
    ["two answers", `${OK}${OK}`],
  ])("%s ends the connection", async (_, reply) => {
    const peer = await startPeer({
      answer: (line, { number }) => (line === '"noop"' || number > 1 ? OK : reply),
    });
    const client = await openCtrlClient(peer.options);
    const outcome = await failure(client.domains.add("a.example"));
    if (reply.startsWith(OK)) expect(outcome.code).toBe("none");
    else expect(outcome.code).toBe("XMAIL_PROTOCOL");
    await later(20);
    await client.domains.add("b.example");
    expect(peer.visits).toHaveLength(2);
    await client.close();
  });

  test("a plain OK is no list", async () => {
    const peer = await startPeer({ answer: () => OK });
    const client = await openCtrlClient(peer.options);
    expect((await failure(client.domains.list())).code).toBe("XMAIL_PROTOCOL");
    await client.close();
  });
});

describe("uploads", () => {
  const uploads = (visit: Visit | undefined) => visit?.bytes.split("\r\n").slice(1) ?? [];

  test("data waits for +00101, and nothing follows the command before", async () => {
    let early = "";
    const peer = await startPeer({
      answer(line, visit) {
        if (line.startsWith('"cfgfileset"')) {
          setTimeout(() => {
            early = visit.bytes.slice(visit.bytes.indexOf('"cfgfileset"'));
            visit.socket.write("+00101 OK\r\n");
          }, 30);
          return null;
        }
        return line === "." || line === '"noop"' ? OK : null;
      },
    });
    const client = await openCtrlClient(peer.options);
    await client.files.write("smtpfwd.tab", Buffer.from("a\n.b\n"), { verify: false });
    expect(early).toBe('"cfgfileset"\t"smtpfwd.tab"\r\n');
    expect(uploads(peer.visits[0])).toEqual(expect.arrayContaining(["a", "..b", "."]));
    await client.close();
  });

  test("commands behind it wait for its end, commands before it do not hold it up", async () => {
    const peer = await startPeer({
      answer: (line) => (line.startsWith('"cfg') ? "+00101 OK\r\n" : line === "data" ? null : OK),
    });
    const connection = await openConnection(readOptions(peer.options));
    const domain = (name: string) => encodeCommand("domainadd", [{ name: "domain", value: name }]);
    const upload = encodeCommand("cfgfileset", [{ name: "path", value: "x.tab" }]);
    const exchanges = [
      collecting(domain("before.example"), { timeoutMs: 1_000 }),
      collecting(upload, { timeoutMs: 1_000, payload: encodeUpload(Buffer.from("data\n")) }),
      collecting(domain("after.example"), { timeoutMs: 1_000 }),
    ];
    connection.submit(exchanges.map(({ exchange }) => exchange));
    const answers = await Promise.all(exchanges.map(({ answer }) => answer));
    expect(answers.map(({ status }) => status.ok)).toEqual([true, true, true]);
    expect(peer.visits[0]?.lines.slice(1)).toEqual([
      '"domainadd"\t"before.example"',
      '"cfgfileset"\t"x.tab"',
      "data",
      ".",
      '"domainadd"\t"after.example"',
    ]);
    await connection.close();
  });

  test("a refusal in place of +00101 keeps the data back", async () => {
    const peer = await startPeer({ answer: (line) => (line === '"noop"' ? OK : "-00214 Error\r\n") });
    const client = await openCtrlClient(peer.options);
    expect((await failure(client.files.write("x.tab", Buffer.from("a\n")))).code).toBe("STORAGE_PATH");
    expect(peer.visits[0]?.bytes).not.toContain("a\r\n.\r\n");
    await client.domains.list().catch(() => undefined);
    await client.close();
  });

  test("the second status is the one that counts", async () => {
    const peer = await startPeer({
      answer: (line) =>
        line === "."
          ? "-00010 Unable to create file\r\n"
          : line.startsWith('"cfg')
            ? "+00101 OK\r\n"
            : line === '"noop"'
              ? OK
              : null,
    });
    const client = await openCtrlClient(peer.options);
    expect((await failure(client.files.write("no/x.tab", Buffer.from("a\n")))).code).toBe(
      "STORAGE_NOT_FOUND",
    );
    await client.close();
  });

  test.each([["before"], ["after"]])(
    "given up %s the data went, it is finished all the same: half a file is worse",
    async (when) => {
      const peer = await startPeer({
        answer(line, visit) {
          if (line === '"noop"') return OK;
          if (line.startsWith('"cfgfileset"')) {
            if (when === "after") return "+00101 OK\r\n";
            setTimeout(() => visit.socket.write("+00101 OK\r\n"), 120);
          }
          return null;
        },
      });
      const client = await openCtrlClient({ ...peer.options, commandTimeoutMs: 50 });
      const stuck = await failure(
        client.files.write("server.tab", Buffer.from("a\nb\n"), { verify: false, timeoutMs: 50 }),
      );
      expect(stuck.code).toBe("XMAIL_TIMEOUT");
      await new Promise((resolve) => peer.visits[0]?.socket.on("end", resolve));
      expect(peer.visits[0]?.bytes).toMatch(/"cfgfileset"\t"server.tab"\r\na\r\nb\r\n\.\r\n$/);
      await client.close();
    },
  );
});

test("nothing of a password is in any error of the line", async () => {
  const peer = await startPeer({ login: "-00105 Bad controller login\r\n" });
  try {
    await openCtrlClient({ ...peer.options, password: "Marker-Secret" });
    expect.unreachable();
  } catch (error) {
    expect(hasCode(error, "XMAIL_LOGIN_REFUSED")).toBe(true);
    expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain("Marker-Secret");
  }
});
