import { hasCode } from "../errors/error.ts";

/** `null` for what is not there. */
export async function orNull<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (hasCode(error, "STORAGE_NOT_FOUND")) return null;
    throw error;
  }
}
