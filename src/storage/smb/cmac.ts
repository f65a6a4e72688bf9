import { createCipheriv } from "node:crypto";

const BLOCK = 16;
const ZERO = Buffer.alloc(BLOCK);

/** AES-128-CMAC (RFC 4493): signs messages of SMB 3.0, and of 3.1.1 where nothing faster was agreed on. */
export function cmac(key: Uint8Array): (message: Uint8Array) => Buffer {
  const whole = doubled(createCipheriv("aes-128-ecb", key, null).setAutoPadding(false).update(ZERO));
  const part = doubled(whole);
  return (message) => {
    const rest = message.length % BLOCK;
    const isWhole = rest === 0 && message.length > 0;
    const before = message.length - (isWhole ? BLOCK : rest);
    const last = Buffer.alloc(BLOCK);
    last.set(message.subarray(before));
    if (!isWhole) last[rest] = 0x80;
    const mask = isWhole ? whole : part;
    for (let index = 0; index < BLOCK; index += 1) last[index] = (last[index] ?? 0) ^ (mask[index] ?? 0);
    const cipher = createCipheriv("aes-128-cbc", key, ZERO).setAutoPadding(false);
    if (before > 0) cipher.update(message.subarray(0, before));
    return cipher.update(last);
  };
}

/** Times two in the field of 2^128 elements. */
function doubled(block: Uint8Array): Buffer {
  const twice = Buffer.alloc(BLOCK);
  for (let index = 0; index < BLOCK; index += 1) {
    twice[index] = ((block[index] ?? 0) << 1) | ((block[index + 1] ?? 0) >> 7);
  }
  if ((block[0] ?? 0) >> 7) twice[BLOCK - 1] = (twice[BLOCK - 1] ?? 0) ^ 0x87;
  return twice;
}
