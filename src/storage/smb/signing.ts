import { createCipheriv, createHmac, timingSafeEqual } from "node:crypto";
import { cmac } from "./cmac.ts";
import type { Message } from "./wire.ts";

/** As numbered in the signing capabilities of 3.1.1. */
export const SIGNING = { hmacSha256: 0, aesCmac: 1, aesGmac: 2 } as const;
export type SigningAlgorithm = (typeof SIGNING)[keyof typeof SIGNING];

export interface Signer {
  /** Puts flag and signature into the header. */
  sign(message: Message): void;
  /** Whether the server made this message; changes nothing in it. */
  isGenuine(message: Message): boolean;
}

const SIGNATURE_AT = 48;
const SIGNATURE_BYTES = 16;
const FLAGS_AT = 16;
const SIGNED_FLAG = 0x08;

export function isSigned(message: Message): boolean {
  return (message.readUInt32LE(FLAGS_AT) & SIGNED_FLAG) !== 0;
}

export function signerFor(algorithm: SigningAlgorithm, key: Buffer): Signer {
  const mac = macFor(algorithm, key);
  return {
    sign(message) {
      message.writeUInt32LE(message.readUInt32LE(FLAGS_AT) | SIGNED_FLAG, FLAGS_AT);
      message.fill(0, SIGNATURE_AT, SIGNATURE_AT + SIGNATURE_BYTES);
      message.set(mac(message, "client"), SIGNATURE_AT);
    },
    isGenuine(message) {
      if (!isSigned(message)) return false;
      const place = message.subarray(SIGNATURE_AT, SIGNATURE_AT + SIGNATURE_BYTES);
      const signature = Buffer.from(place);
      place.fill(0);
      const wanted = mac(message, "server");
      place.set(signature);
      return timingSafeEqual(wanted, signature);
    },
  };
}

type Sender = "client" | "server";

function macFor(algorithm: SigningAlgorithm, key: Buffer): (message: Message, by: Sender) => Buffer {
  switch (algorithm) {
    case SIGNING.hmacSha256:
      return (message) => createHmac("sha256", key).update(message).digest().subarray(0, SIGNATURE_BYTES);
    case SIGNING.aesCmac:
      return cmac(key);
    case SIGNING.aesGmac:
      return (message, by) => gmac(key, message, by);
  }
}

/** AES-GCM over no text at all; the nonce is the message's number and who sends it. */
function gmac(key: Buffer, message: Message, by: Sender): Buffer {
  const nonce = Buffer.alloc(12);
  message.copy(nonce, 0, 24, 32);
  nonce[8] = by === "server" ? 1 : 0;
  const cipher = createCipheriv("aes-128-gcm", key, nonce);
  cipher.setAAD(message);
  cipher.final();
  return cipher.getAuthTag();
}
