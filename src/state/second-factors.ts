import { keyFor, sealText, unsealText } from "../crypto/sealed-text.ts";
import { fail } from "../errors/error.ts";
import type { Secret } from "../errors/secret.ts";
import type { KeptPasskey, SecondFactors } from "../kernel/second-factor.ts";
import type { Storage } from "../storage/storage.ts";
import { newRecoveryCodes, placeOfDigest, recoveryDigest } from "./recovery-codes.ts";
import { factorsFile, type KeptFactors } from "./second-factors-file.ts";

/** No code was used yet. */
const NO_STEP = -1;

/**
 * `second-factors.json`. Secrets of authenticator apps are encrypted with a key drawn from `key`, which signs the
 * cookies; with another key they count no more, while recovery codes and passkeys stay good. What was used once is
 * marked under a lock, so that it counts once over all processes.
 */
export function secondFactors(storage: Storage, key: () => Promise<Secret>): SecondFactors {
  const file = factorsFile(storage);
  const sealing = async () => keyFor(await key(), "second factors");
  const without = (owner: string, change: (kept: KeptFactors) => KeptFactors) =>
    file.change(owner, (kept) => ({ kept: withoutStrayCodes(change(kept)), result: undefined }));

  return {
    async of(owner) {
      const { totp, recovery, passkeys } = await file.of(owner);
      return {
        totp: totp !== null,
        recoveryLeft: recovery.length,
        passkeys: passkeys.map(({ publicKey: _, counter: __, transports: ___, ...shown }) => shown),
      };
    },
    async beginTotp(owner) {
      const { newTotpSecret } = await import("../crypto/totp.ts");
      const secret = newTotpSecret();
      const begun = sealText(await sealing(), owner, secret);
      await file.change(owner, (kept) => ({ kept: { ...kept, begun }, result: undefined }));
      return secret;
    },
    async confirmTotp(owner, code, now) {
      const { stepOfCode } = await import("../crypto/totp.ts");
      const sealKey = await sealing();
      const codes = newRecoveryCodes();
      const confirm = (kept: KeptFactors) => {
        const secret = kept.begun === null ? null : unsealText(sealKey, owner, kept.begun);
        const step = secret && stepOfCode(secret, plain(code), now, NO_STEP);
        if (kept.begun === null || step === null) return { kept, result: null };
        const totp = { sealed: kept.begun, lastStep: step };
        return { kept: { ...kept, totp, begun: null, recovery: digests(owner, codes) }, result: codes };
      };
      // Whoever guesses makes nobody wait and writes nothing.
      return confirm(await file.of(owner)).result && file.change(owner, confirm);
    },
    removeTotp: (owner) => without(owner, (kept) => ({ ...kept, totp: null, begun: null })),
    async newRecoveryCodes(owner) {
      const codes = newRecoveryCodes();
      return file.change(owner, (kept) => {
        if (kept.totp === null && kept.passkeys.length === 0)
          return fail("NOT_FOUND", "Recovery codes stand in for a second factor, and there is none.");
        return { kept: { ...kept, recovery: digests(owner, codes) }, result: codes };
      });
    },
    async isCode(owner, code, now) {
      const { stepOfCode } = await import("../crypto/totp.ts");
      const sealKey = await sealing();
      const given = plain(code);
      const use = (kept: KeptFactors) => {
        const { totp, recovery } = kept;
        const secret = totp && unsealText(sealKey, owner, totp.sealed);
        const step = totp && secret ? stepOfCode(secret, given, now, totp.lastStep) : null;
        const place = placeOfDigest(recovery, recoveryDigest(owner, given));
        if (totp && step !== null)
          return { kept: { ...kept, totp: { ...totp, lastStep: step } }, result: true };
        if (place < 0) return { kept, result: false };
        return { kept: { ...kept, recovery: recovery.filter((_, at) => at !== place) }, result: true };
      };
      return use(await file.of(owner)).result && file.change(owner, use);
    },
    passkeys: async (owner) => (await file.of(owner)).passkeys,
    addPasskey: (owner, { transports, ...passkey }) =>
      file.change(owner, (kept) => {
        if (kept.passkeys.some(({ id }) => id === passkey.id))
          fail("CONFLICT", "This passkey is known already.");
        const passkeys = [...kept.passkeys, { ...passkey, transports: [...transports] }];
        return { kept: { ...kept, passkeys }, result: undefined };
      }),
    removePasskey: (owner, id) =>
      without(owner, (kept) => {
        found(kept, id);
        return { ...kept, passkeys: kept.passkeys.filter((one) => one.id !== id) };
      }),
    notePasskeyUse: (owner, id, counter, at) =>
      file.change(owner, (kept) => {
        const passkey = found(kept, id);
        // Many never count and say 0 for ever (WebAuthn, 6.1.1).
        const counts = counter > 0 || passkey.counter > 0;
        if (counts && counter <= passkey.counter) return { kept, result: false };
        const used = { ...passkey, counter, lastUsedAt: at.toISOString() };
        const passkeys = kept.passkeys.map((one) => (one === passkey ? used : one));
        return { kept: { ...kept, passkeys }, result: true };
      }),
    forget: (gone) => file.forget((owner) => owner === gone),
    forgetDomain: (domain) => file.forget((owner) => owner.endsWith(`@${domain.toLowerCase()}`)),
  };
}

/** `NOT_FOUND`. */
function found({ passkeys }: KeptFactors, id: string): KeptFactors["passkeys"][number] & KeptPasskey {
  return passkeys.find((one) => one.id === id) ?? fail("NOT_FOUND", "There is no such passkey.");
}

/** Recovery codes alone are no second factor: they would be a list of passwords. */
function withoutStrayCodes(kept: KeptFactors): KeptFactors {
  return kept.totp === null && kept.passkeys.length === 0 ? { ...kept, recovery: [] } : kept;
}

function digests(owner: string, codes: readonly Secret[]): string[] {
  return codes.map((code) => recoveryDigest(owner, code.reveal()));
}

/** As typed on any keyboard: Japanese ones give wide digits, apps show a gap in the middle. */
function plain(code: string): string {
  return code.normalize("NFKC").replace(/\s/g, "");
}
