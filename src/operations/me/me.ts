import { meBeginTotp, meConfirmTotp, meNewRecoveryCodes, meRemoveTotp } from "./authenticator.ts";
import { meGet } from "./get.ts";
import { meAddPasskey, meRemovePasskey } from "./passkeys.ts";
import { meEndSessions, meSetLanguage, meSetPassword } from "./set.ts";

/** One's own sign-in. */
export const me = {
  get: meGet,
  setPassword: meSetPassword,
  setLanguage: meSetLanguage,
  endSessions: meEndSessions,
  beginTotp: meBeginTotp,
  confirmTotp: meConfirmTotp,
  removeTotp: meRemoveTotp,
  newRecoveryCodes: meNewRecoveryCodes,
  addPasskey: meAddPasskey,
  removePasskey: meRemovePasskey,
} as const;
