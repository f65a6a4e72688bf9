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

/** The same where the name may be one that this storage can hold nothing under. */
export async function orNullByName<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (hasCode(error, "STORAGE_NOT_FOUND", "STORAGE_PATH")) return null;
    throw error;
  }
}
