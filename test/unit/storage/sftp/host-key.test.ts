import { createHmac, randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { fingerprintOf, knownKeys, typeOf } from "../../../../src/storage/sftp/host-key.ts";

/** A key as SSH sends it: its type, then bytes of its own. */
function key(type: string, body: Buffer = randomBytes(32)): Buffer {
  const word = (bytes: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  return Buffer.concat([word(Buffer.from(type)), word(body)]);
}

const ed = key("ssh-ed25519");
const rsa = key("ssh-rsa");
const line = (hosts: string, of: Buffer, marker = "") =>
  `${marker}${hosts} ${typeOf(of)} ${of.toString("base64")} root@mail`;
const hashed = (name: string) => {
  const salt = randomBytes(20);
  const hash = createHmac("sha1", salt).update(name).digest("base64");
  return `|1|${salt.toString("base64")}|${hash}`;
};

describe("known keys", () => {
  test("fingerprints are as ssh-keygen prints them, with or without the end of base64", () => {
    const print = fingerprintOf(ed);
    expect(print).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
    for (const given of [print, `${print}=`, ` ${print}\n`, [fingerprintOf(rsa), print]]) {
      const known = knownKeys(given, "mail.example", 22);
      expect(known.accepts(ed)).toBe(true);
      expect(known.accepts(key("ssh-ed25519"))).toBe(false);
      expect(known.types).toEqual([]);
    }
  });

  const OF_HOST: readonly [hosts: string, host: string, port: number, yes: boolean][] = [
    ["mail.example", "mail.example", 22, true],
    ["Mail.Example", "mail.EXAMPLE", 22, true],
    ["other.example,mail.example,192.0.2.1", "192.0.2.1", 22, true],
    ["mail.example", "mail.example", 2222, false],
    ["[mail.example]:2222", "mail.example", 2222, true],
    ["[mail.example]:2222", "mail.example", 22, false],
    ["[2001:db8::1]:2222", "2001:db8::1", 2222, true],
    ["*.example", "mail.example", 22, true],
    ["mail.exampl?", "mail.example", 22, true],
    ["mailXexample", "mail.example", 22, false],
    ["*.example,!mail.example", "mail.example", 22, false],
    ["*.example,!mail.example", "web.example", 22, true],
    [hashed("mail.example"), "mail.example", 22, true],
    [hashed("mail.example"), "mail.example", 2222, false],
    [hashed("[mail.example]:2222"), "MAIL.example", 2222, true],
    [hashed("other.example"), "mail.example", 22, false],
  ];
  test.each(OF_HOST)("a line for %s is one of %s at %i: %s", (hosts, host, port, yes) => {
    const text = line(hosts, ed);
    if (yes) {
      const known = knownKeys(text, host, port);
      expect([known.accepts(ed), known.accepts(rsa), known.types]).toEqual([true, false, ["ssh-ed25519"]]);
    } else {
      expect(() => knownKeys(text, host, port)).toThrow(expect.objectContaining({ code: "BAD_CONFIG" }));
    }
  });

  test("several keys of one host are all known, over lines and comments", () => {
    const file = `# mail server\n\n${line("mail.example", ed)}\r\n${line("mail.example", rsa)}\n`;
    const known = knownKeys(file, "mail.example", 22);
    expect([known.accepts(ed), known.accepts(rsa)]).toEqual([true, true]);
    expect(known.types).toEqual(["ssh-ed25519", "ssh-rsa"]);
  });

  test("a revoked key is never taken, however else it is known", () => {
    const revoked = line("*", ed, "@revoked ");
    for (const given of [line("mail.example", ed), fingerprintOf(ed)]) {
      const known = knownKeys([given, line("mail.example", rsa), revoked], "mail.example", 22);
      expect([known.accepts(ed), known.accepts(rsa)]).toEqual([false, true]);
    }
    expect(() => knownKeys(revoked, "mail.example", 22)).toThrow(/None of the given keys/);
  });

  test.each([
    "",
    [],
    "# nothing",
    "MD5:aa:bb",
    "SHA256:short",
    "mail.example",
    "mail.example ssh-ed25519",
    `mail.example ssh-rsa ${ed.toString("base64")}`,
    line("mail.example", ed, "@strange "),
    line("mail.example", ed, "@cert-authority "),
  ])("%j is no key to be known by", (given) => {
    expect(() => knownKeys(given, "mail.example", 22)).toThrow(
      expect.objectContaining({ code: "BAD_CONFIG" }),
    );
  });
});
