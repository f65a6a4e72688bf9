import { createHmac } from "node:crypto";
import type { Dialect } from "./dialects.ts";

/** What a session signs and encrypts with. */
export interface Keys {
  readonly signing: Buffer;
  /** For what we send. */
  readonly sealing: Buffer;
  /** For what the server sends. */
  readonly unsealing: Buffer;
}

/** Before 3.0 the session key signs as it is; from then on each purpose has a key of its own. */
export function keysFor(dialect: Dialect, key: Buffer, preauthHash: Buffer, sealingBytes: 16 | 32): Keys {
  if (dialect.code < 0x300) return { signing: key, sealing: key, unsealing: key };
  if (dialect.code < 0x311) {
    return {
      signing: deriveKey(key, "SMB2AESCMAC", text("SmbSign"), 16),
      sealing: deriveKey(key, "SMB2AESCCM", text("ServerIn "), 16),
      unsealing: deriveKey(key, "SMB2AESCCM", text("ServerOut"), 16),
    };
  }
  return {
    signing: deriveKey(key, "SMBSigningKey", preauthHash, 16),
    sealing: deriveKey(key, "SMBC2SCipherKey", preauthHash, sealingBytes),
    unsealing: deriveKey(key, "SMBS2CCipherKey", preauthHash, sealingBytes),
  };
}

/** SP 800-108 in counter mode with HMAC-SHA256; one round gives all that is ever wanted. */
export function deriveKey(key: Buffer, label: string, context: Buffer, bytes: 16 | 32): Buffer {
  const bits = Buffer.alloc(4);
  bits.writeUInt32BE(bytes * 8);
  return createHmac("sha256", key)
    .update(Buffer.from([0, 0, 0, 1]))
    .update(text(label))
    .update(Buffer.from([0]))
    .update(context)
    .update(bits)
    .digest()
    .subarray(0, bytes);
}

/** Labels count their final zero byte. */
function text(label: string): Buffer {
  return Buffer.from(`${label}\0`, "latin1");
}
