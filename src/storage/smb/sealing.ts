import { createCipheriv, createDecipheriv } from "node:crypto";
import { type Message, malformed, part, u16, u32, u64 } from "./wire.ts";

/** As numbered in the encryption capabilities of 3.1.1. */
export const CIPHERS = {
  1: { name: "aes-128-ccm", keyBytes: 16, nonceBytes: 11 },
  2: { name: "aes-128-gcm", keyBytes: 16, nonceBytes: 12 },
  3: { name: "aes-256-ccm", keyBytes: 32, nonceBytes: 11 },
  4: { name: "aes-256-gcm", keyBytes: 32, nonceBytes: 12 },
} as const;
export type CipherNumber = keyof typeof CIPHERS;

export interface Sealer {
  seal(message: Message): Message;
  /** What is inside; `STORAGE_FAILED` when the server did not make it so. */
  unseal(sealed: Message): Message;
}

const HEADER_BYTES = 52;
const SEALED = 0x424d53fd;

export function isSealed(frame: Message): boolean {
  return u32(frame, 0) === SEALED;
}

/** Encrypts whole messages, several at once where they go out together. The counter never gives a nonce twice. */
export function sealerFor(
  cipher: CipherNumber,
  session: bigint,
  keys: { readonly sealing: Buffer; readonly unsealing: Buffer },
): Sealer {
  const { name, nonceBytes } = CIPHERS[cipher];
  const options = { authTagLength: 16 };
  let sent = 0n;

  const encryptor = (nonce: Buffer) =>
    name === "aes-128-gcm" || name === "aes-256-gcm"
      ? createCipheriv(name, keys.sealing, nonce, options)
      : createCipheriv(name, keys.sealing, nonce, options);
  const decryptor = (nonce: Buffer) =>
    name === "aes-128-gcm" || name === "aes-256-gcm"
      ? createDecipheriv(name, keys.unsealing, nonce, options)
      : createDecipheriv(name, keys.unsealing, nonce, options);

  return {
    seal(message) {
      const header = Buffer.alloc(HEADER_BYTES);
      header.writeUInt32LE(SEALED, 0);
      sent += 1n;
      header.writeBigUInt64LE(sent, 20);
      header.writeUInt32LE(message.length, 36);
      header.writeUInt16LE(1, 42);
      header.writeBigUInt64LE(session, 44);
      const aes = encryptor(header.subarray(20, 20 + nonceBytes));
      aes.setAAD(header.subarray(20), { plaintextLength: message.length });
      // One update: CCM takes no second one.
      const text = aes.update(message);
      aes.final();
      aes.getAuthTag().copy(header, 4);
      return Buffer.concat([header, text]);
    },
    unseal(sealed) {
      const header = part(sealed, 0, HEADER_BYTES);
      const text = sealed.subarray(HEADER_BYTES);
      if (u32(header, 36) !== text.length || u16(header, 42) !== 1) malformed("an encrypted message");
      if (u64(header, 44) !== session) malformed("an encrypted message of another session");
      try {
        const aes = decryptor(header.subarray(20, 20 + nonceBytes));
        aes.setAuthTag(header.subarray(4, 20));
        aes.setAAD(header.subarray(20), { plaintextLength: text.length });
        const message = aes.update(text);
        aes.final();
        return message;
      } catch {
        return malformed("an encrypted message that was changed on the way");
      }
    },
  };
}
