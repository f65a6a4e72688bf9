import { inspect } from "node:util";
import { expect, test } from "vitest";
import { encodePassword } from "../../src/crypto/password-code.ts";
import { isAppError } from "../../src/errors/error.ts";
import { openXMail } from "../../src/open.ts";
import { MODES, openWorld } from "./world.ts";

const MARKER = "MARKER-passw0rd";

/** A password goes in by every door, good and bad; then every place that text can come out of is searched for it. */
test.each(MODES)("over %s no password shows in an answer, error, log, audit record or file", async (mode) => {
  const world = await openWorld(mode);
  try {
    const seen: string[] = [];
    const call = async (method: string, path: string, body: unknown) => {
      const response = await world.api(method, path, body);
      seen.push(JSON.stringify([...response.headers]), await response.text());
      return response.status;
    };
    const accounts = "/domains/example.com/accounts";
    expect(await call("POST", accounts, { name: "hana", password: MARKER })).toBe(200);
    expect(await call("POST", accounts, { name: "hana", password: MARKER })).toBe(409);
    expect(await call("PUT", `${accounts}/hana/password`, { password: `${MARKER}-2` })).toBe(200);
    expect(await call("PUT", `${accounts}/nobody/password`, { password: MARKER })).toBe(404);
    expect(await call("POST", accounts, { name: "x", password: `${MARKER} "` })).toBe(422);
    expect(await call("POST", accounts, { name: "x", passwrod: MARKER })).toBe(422);
    expect(await call("POST", accounts, `{"name":"x","password":"${MARKER}"`)).toBe(400);
    expect(await call("GET", accounts.replace("/accounts", ""), undefined)).toBe(200);
    expect(await call("GET", "/accounts", undefined)).toBe(200);
    expect(await call("GET", `${accounts}/hana`, undefined)).toBe(200);
    if (mode !== "tab") {
      const wrong = await openXMail({ ctrl: { ...world.ctrl, password: MARKER } });
      await wrong.domain.list().catch((error: unknown) => {
        expect(isAppError(error) && error.code).toBe("XMAIL_LOGIN_REFUSED");
        seen.push(inspect(error, { depth: 9, showHidden: true }));
      });
      seen.push(JSON.stringify(await wrong.server.status()), inspect(wrong, { depth: 9, showHidden: true }));
      await wrong.close();
    }
    seen.push(...world.logged, inspect(world.xmail, { depth: 9, showHidden: true }));
    for (const text of seen) expect(text).not.toContain(MARKER);
    const files = world.everything();
    expect(files).not.toContain(MARKER);
    // Proof that the search would find it: XMail's own coding of it is there, where it must be.
    expect(files).toContain(encodePassword(`${MARKER}-2`));
    expect(files).toContain("account.setPassword");
  } finally {
    await world.close();
  }
});
