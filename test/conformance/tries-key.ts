import { Secret } from "../../src/errors/secret.ts";

/** What signs the digests of names in tests. */
export const KEY = new Secret("tries ".repeat(8));
