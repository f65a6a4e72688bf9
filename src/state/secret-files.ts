import { storagePath } from "../storage/path.ts";

/** Files of our own state that nobody but the server may read: who signs in, and by what. */
export const SECRET_FILES = {
  people: storagePath("people.json"),
  secondFactors: storagePath("second-factors.json"),
  apiKeys: storagePath("api-keys.json"),
  sessionKey: storagePath("session.key"),
  sessions: storagePath("sessions.json"),
} as const;
