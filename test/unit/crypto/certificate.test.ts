import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect, createServer } from "node:tls";
import { expect, test } from "vitest";
import { selfSignedCertificate } from "../../../src/crypto/certificate.ts";

test("a client that trusts the certificate connects to its names and to no other", async () => {
  const { certificate, key } = await selfSignedCertificate({ hostNames: ["mail.example.com", "localhost"] });
  const parsed = new X509Certificate(certificate);
  expect(parsed.subjectAltName).toBe("DNS:mail.example.com, DNS:localhost");
  expect(parsed.verify(parsed.publicKey)).toBe(true);
  const server = createServer({ cert: certificate, key }, (socket) => socket.on("error", () => {}).end());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const attempt = async (servername: string) => {
    const socket = connect({ port, host: "127.0.0.1", servername, ca: certificate });
    try {
      await once(socket, "secureConnect");
      return "connected";
    } catch (error) {
      return (error as NodeJS.ErrnoException).code;
    } finally {
      socket.destroy();
    }
  };
  expect(await attempt("mail.example.com")).toBe("connected");
  expect(await attempt("other.example.com")).toBe("ERR_TLS_CERT_ALTNAME_INVALID");
  server.close();
});

test("it is valid for as long as asked", async () => {
  const from = new Date(Date.UTC(2026, 0, 1));
  const { certificate } = await selfSignedCertificate({ hostNames: ["a"], days: 30, from });
  const parsed = new X509Certificate(certificate);
  expect(new Date(parsed.validFrom)).toEqual(from);
  expect(new Date(parsed.validTo)).toEqual(new Date(Date.UTC(2026, 0, 31)));
});
