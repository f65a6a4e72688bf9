import { connect, createServer } from "node:net";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { openCtrlClient } from "../../../src/ctrl/client.ts";
import type { CtrlOptions, CtrlTls } from "../../../src/ctrl/options.ts";
import { type Certificate, selfSigned } from "./certificate.ts";
import { GREETING, list, type Peer, startPeer } from "./peer.ts";

let certificate: Certificate;
let other: Certificate;

beforeAll(() => {
  certificate = selfSigned();
  other = selfSigned();
});

async function open(options: CtrlOptions): Promise<string> {
  return openCtrlClient(options).then(
    async (client) => {
      await client.close();
      return "open";
    },
    (error: { code?: string }) => error.code ?? String(error),
  );
}

describe("sign-in", () => {
  test("is by digest, unless clear text is asked for", async () => {
    const peer = await startPeer();
    expect(await open(peer.options)).toBe("open");
    expect(peer.visits[0]?.lines[0]).toMatch(/^"admin"\t"#[0-9a-f]{32}"$/);
    expect(peer.visits[0]?.bytes).not.toContain("Adm1n-Secret");
    expect(await open({ ...peer.options, login: "clear" })).toBe("open");
    expect(peer.visits[1]?.lines[0]).toBe('"admin"\t"Adm1n-Secret"');
  });

  test.each([
    "-00105 Bad controller login",
    "-00161 Resource lock entry not found",
    "-00106 x",
    "-99999 new",
  ])("%s is a refusal whatever its number", async (answer) => {
    const peer = await startPeer({ login: `${answer}\r\n` });
    expect(await open(peer.options)).toBe("XMAIL_LOGIN_REFUSED");
    expect(peer.visits).toHaveLength(1);
  });

  test("nobody listens: XMAIL_UNREACHABLE", async () => {
    const peer = await startPeer();
    expect(await open({ ...peer.options, port: await freePort() })).toBe("XMAIL_UNREACHABLE");
  });

  test.each<[string, { greeting?: string; login?: string }]>([
    ["the greeting", { greeting: "" }],
    ["half a greeting", { greeting: "+00000 <1.2@" }],
    ["the sign-in's answer", { login: "" }],
  ])("one deadline covers %s", async (_, silence) => {
    const peer = await startPeer({ answer: () => null, ...silence });
    const from = performance.now();
    expect(await open({ ...peer.options, openTimeoutMs: 80 })).toBe("XMAIL_TIMEOUT");
    expect(performance.now() - from).toBeLessThan(1_000);
  });

  test("the caller may stop it", async () => {
    const peer = await startPeer({ greeting: "" });
    const client = await import("../../../src/ctrl/backend.ts").then(({ openCtrlBackend }) =>
      openCtrlBackend(peer.options),
    );
    const stop = new AbortController();
    const listing = client.domains.list({ signal: stop.signal });
    setTimeout(() => stop.abort(), 20);
    await expect(listing).rejects.toMatchObject({ code: "ABORTED" });
    await client.close();
  });

  test("a server that says more than it was asked is none", async () => {
    const peer = await startPeer({ greeting: `${GREETING}+00000 OK\r\n` });
    expect(await open(peer.options)).toBe("XMAIL_PROTOCOL");
    expect(peer.visits[0]?.lines).toEqual([]);
  });
});

describe.each(["upgrade", "direct"] as const)("TLS by %s", (mode) => {
  async function peerWith(): Promise<Peer> {
    const { key, cert } = certificate;
    return startPeer({
      tls: { key, cert, direct: mode === "direct" },
      answer: (line) => (line === '"noop"' ? "+00000 OK\r\n" : list()),
    });
  }
  const withTls = (peer: Peer, tls: Omit<CtrlTls, "mode">): CtrlOptions => ({
    ...peer.options,
    tls: { mode, ...tls },
  });
  const credentials = (peer: Peer) =>
    peer.visits.flatMap(({ lines }) => lines).filter((line) => line.includes("admin"));

  test("a certificate of the given authority, for the given name", async () => {
    const peer = await peerWith();
    expect(await open(withTls(peer, { ca: certificate.cert, servername: "localhost" }))).toBe("open");
    expect(await open(withTls(peer, { ca: [Buffer.from(certificate.cert)], servername: "localhost" }))).toBe(
      "open",
    );
    if (mode === "upgrade") expect(peer.visits[0]?.lines[0]).toBe("#!TLS");
  });

  test("a pinned certificate needs no authority", async () => {
    const peer = await peerWith();
    expect(await open(withTls(peer, { fingerprint: certificate.fingerprint }))).toBe("open");
    expect(
      await open(withTls(peer, { fingerprint: certificate.fingerprint.toLowerCase().replaceAll(":", "") })),
    ).toBe("open");
  });

  test.each<[string, () => Omit<CtrlTls, "mode">]>([
    ["an unknown authority", () => ({})],
    ["another authority", () => ({ ca: other.cert, servername: "localhost" })],
    ["another name", () => ({ ca: certificate.cert, servername: "mail.example.com" })],
    ["the address instead of the name", () => ({ ca: certificate.cert })],
    ["another pin", () => ({ fingerprint: other.fingerprint })],
    [
      "the right authority and another pin",
      () => ({ ca: certificate.cert, servername: "localhost", fingerprint: other.fingerprint }),
    ],
    [
      "the right pin and another authority",
      () => ({ ca: other.cert, servername: "localhost", fingerprint: certificate.fingerprint }),
    ],
    [
      "verification switched off from outside",
      () => ({ rejectUnauthorized: false, checkServerIdentity: () => undefined }) as object,
    ],
  ])("refuses %s before a word of the sign-in", async (_, tls) => {
    const peer = await peerWith();
    expect(await open(withTls(peer, tls()))).toBe("XMAIL_TLS");
    expect(credentials(peer)).toEqual([]);
  });

  test("not even the environment switches verification off", async () => {
    const peer = await peerWith();
    process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
    onTestFinished(() => {
      delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
    });
    expect(await open(withTls(peer, {}))).toBe("XMAIL_TLS");
    expect(credentials(peer)).toEqual([]);
  });
});

describe("TLS that fails", () => {
  test.each([
    ["-00249 TLS service disabled\r\n", "XMAIL_TLS"],
    ["-00105 Bad controller login\r\n", "XMAIL_TLS"],
  ])("%j in answer to #!TLS", async (login, code) => {
    const peer = await startPeer({ login });
    expect(
      await open({ ...peer.options, tls: { mode: "upgrade", fingerprint: certificate.fingerprint } }),
    ).toBe(code);
    expect(peer.visits[0]?.lines).toEqual(["#!TLS"]);
  });

  test("XMail without a certificate says yes and hangs up", async () => {
    const peer = await startPeer({ login: "+00000 Ready to start TLS mode\r\n", answer: () => "close" });
    const port = await relay(peer.port, (text) => text.includes("Ready"));
    expect(await open({ ...peer.options, port, tls: { mode: "upgrade" } })).toBe("XMAIL_TLS");
  });

  test("a clear text server on the CTRLS port", async () => {
    const peer = await startPeer();
    expect(await open({ ...peer.options, tls: { mode: "direct" }, openTimeoutMs: 2_000 })).toBe("XMAIL_TLS");
  });

  test("words slipped in before the handshake are not taken for words inside it", async () => {
    const peer = await startPeer({ login: "+00000 Ready to start TLS mode\r\n+00000 OK\r\n" });
    expect(await open({ ...peer.options, tls: { mode: "upgrade" } })).toBe("XMAIL_PROTOCOL");
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** Hands bytes to and fro, and hangs up after an answer that `last` knows. */
async function relay(port: number, last: (text: string) => boolean): Promise<number> {
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    near.pipe(far);
    near.on("error", () => undefined);
    far
      .on("error", () => undefined)
      .on("data", (chunk: Buffer) => {
        near.write(chunk);
        if (last(chunk.toString())) near.end();
      });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}
