import { randomBytes } from "node:crypto";
import { fail, hasCode } from "../errors/error.ts";
import { Secret } from "../errors/secret.ts";
import type { Storage } from "../storage/storage.ts";
import { SECRET_FILES } from "./secret-files.ts";

const PATH = SECRET_FILES.sessionKey;
const KEY_BYTES = 32;

/** The key that signs the cookies; made at first use. Deleting the file signs everybody out. */
export async function sessionKey(storage: Storage): Promise<Secret> {
  return (await readKey(storage)) ?? (await makeKey(storage));
}

async function makeKey(storage: Storage): Promise<Secret> {
  const text = randomBytes(KEY_BYTES).toString("base64url");
  try {
    await storage.write(PATH, Buffer.from(`${text}\n`), { ifAbsent: true, mode: 0o600 });
    return new Secret(text);
  } catch (error) {
    // Another process was first; its key is the one.
    if (!hasCode(error, "STORAGE_EXISTS")) throw error;
    return (await readKey(storage)) ?? fail("STORAGE_FAILED");
  }
}

async function readKey(storage: Storage): Promise<Secret | null> {
  const bytes = await storage.read(PATH).catch((error: unknown) => {
    if (hasCode(error, "STORAGE_NOT_FOUND")) return null;
    throw error;
  });
  if (bytes === null) return null;
  const text = Buffer.from(bytes).toString().trim();
  // A short key could be guessed, and every cookie with it.
  if (!/^[A-Za-z0-9_-]{43,}$/.test(text)) {
    fail("STORAGE_FAILED", "The file session.key is damaged. Delete it: everybody signs in again.");
  }
  return new Secret(text);
}
