import { generateKeyPair, randomBytes } from "node:crypto";
import { promisify } from "node:util";

export interface CertificateRequest {
  /** Names the certificate is good for, the first also as its common name. */
  readonly hostNames: readonly string[];
  /** Default 365. */
  readonly days?: number;
  /** First moment of validity; default now. */
  readonly from?: Date;
}

/** Both in PEM, as XMail's `server.cert` and `server.key` want them. */
export interface CertificateAndKey {
  readonly certificate: string;
  readonly key: string;
}

const MODULUS_BITS = 2048;
const DAY_MS = 86_400_000;

/** A certificate signed by its own key (RSA 2048, SHA-256), for tests, demos and servers that nobody else vouches for. */
export async function selfSignedCertificate(request: CertificateRequest): Promise<CertificateAndKey> {
  // Large, and needed by few: loaded when it is wanted.
  const { default: forge } = await import("node-forge");
  const pair = await promisify(generateKeyPair)("rsa", {
    modulusLength: MODULUS_BITS,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const from = request.from ?? new Date();
  const name = [{ name: "commonName", value: request.hostNames[0] ?? "localhost" }];
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(pair.publicKey);
  certificate.serialNumber = serialNumber();
  certificate.validity.notBefore = from;
  certificate.validity.notAfter = new Date(from.getTime() + (request.days ?? 365) * DAY_MS);
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.setExtensions([
    { name: "basicConstraints", cA: false },
    { name: "keyUsage", digitalSignature: true, keyEncipherment: true },
    { name: "extKeyUsage", serverAuth: true },
    { name: "subjectAltName", altNames: request.hostNames.map((value) => ({ type: 2, value })) },
  ]);
  certificate.sign(forge.pki.privateKeyFromPem(pair.privateKey), forge.md.sha256.create());
  return { certificate: forge.pki.certificateToPem(certificate), key: pair.privateKey };
}

/** Positive, as RFC 5280 asks: the first digit below 8. */
function serialNumber(): string {
  return `4${randomBytes(16).toString("hex").slice(1)}`;
}
