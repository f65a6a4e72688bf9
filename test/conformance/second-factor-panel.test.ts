import { TOTP } from "otpauth";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createPanel } from "../../src/panel.ts";
import { RULES } from "../../src/state/tries/rules.ts";
import { ORIGIN, type PanelVisitor, type Seen, visitorOf } from "./panel-visitor.ts";
import { openWorld, type World } from "./world.ts";

const PASSWORD = "Administrator-1";

describe("second factors in the panel, without script", { timeout: 60_000 }, () => {
  let world: World;
  let clock: { at: number };
  let visitor: PanelVisitor;
  let id: string;

  const stranger = () =>
    visitorOf(createPanel(world.xmail, { state: world.state, now: () => new Date(clock.at) }));
  const codeOf = (secret: string, steps = 0) =>
    new TOTP({ secret }).generate({ timestamp: clock.at + steps * 30_000 });
  const hidden = ({ html }: Seen, name: string) =>
    new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "";
  const place = ({ headers }: Seen) => headers.get("location");

  beforeEach(async () => {
    world = await openWorld("tab");
    clock = { at: Date.UTC(2026, 10, 30, 9, 0, 5) };
    visitor = stranger();
    await visitor.signIn("master", PASSWORD);
    id = (await world.state.people.named("master"))?.id ?? "";
  });
  afterEach(() => world.close());

  /** Sets up an app as a person does; resolves its key and the recovery codes. */
  async function setUp(who: PanelVisitor): Promise<{ secret: string; codes: string[]; last: Seen }> {
    await who.open("/me/app");
    const begun = await who.send("/me/app");
    expect(begun.status).toBe(200);
    const secret = (/class="mono key">([A-Z2-7 ]+)</.exec(begun.html)?.[1] ?? "").replaceAll(" ", "");
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    const last = await who.send("/me/app/confirm", { kept: hidden(begun, "kept"), code: codeOf(secret) });
    const codes = [...last.html.matchAll(/<li>((?:[A-Z2-9]{4}-?){4})<\/li>/g)].map(([, code = ""]) => code);
    expect(codes).toHaveLength(10);
    return { secret, codes, last };
  }

  async function password(who: PanelVisitor): Promise<Seen> {
    await who.open("/sign-in");
    return who.send("/sign-in", { name: "master", password: PASSWORD });
  }

  test("the API asks a session again, too, and nothing is changed", async () => {
    const setPolicy = async () => {
      const token = hidden(await visitor.open("/me"), "csrf");
      return visitor.open("/api/sign-in-policy", {
        method: "PUT",
        headers: {
          "content-type": "application/json",
          "x-csrf-token": token,
          origin: ORIGIN,
          "sec-fetch-site": "same-origin",
        },
        body: JSON.stringify({ secondFactorFor: ["guest"] }),
      });
    };
    clock.at += 601_000;
    const late = await setPolicy();
    expect([late.status, late.text]).toEqual([403, expect.stringContaining("PROVE_AGAIN")]);
    expect(await world.state.people.policy()).toEqual({ secondFactorFor: [] });
    await visitor.signIn("master", PASSWORD);
    expect((await setPolicy()).status).toBe(200);
  });

  test("an app is set up with a QR code drawn on the server, and asked for from then on", async () => {
    await visitor.open("/me/app");
    const begun = await visitor.send("/me/app");
    expect(begun.tags.find(({ name }) => name === "svg")?.attributes.get("role")).toBe("img");
    const kept = hidden(begun, "kept");
    const wrong = await visitor.send("/me/app/confirm", { kept, code: "000000" });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain("not the code that the app shows now");
    expect(wrong.html).toContain("<svg");
    const { secret, codes, last } = await setUp(visitor);
    const file = /href="(\/me\/codes\/file[^"]+)"/.exec(last.html)?.[1]?.replaceAll("&amp;", "&") ?? "";
    expect(file).not.toContain(codes[0]);
    const saved = await visitor.open(file);
    expect(saved.headers.get("content-disposition")).toBe('attachment; filename="recovery-codes.txt"');
    expect(codes.filter((code) => !saved.html.includes(code))).toEqual([]);
    expect((await stranger().open(file)).status).toBe(303);

    clock.at += 60_000;
    const next = stranger();
    expect(place(await password(next))).toBe("/sign-in/code");
    for (const path of ["/", "/me", "/me/app", "/accounts", "/sign-in/code"]) {
      const seen = await next.open(path);
      if (path === "/sign-in/code") expect(seen.text).toContain("Second step");
      else
        expect([seen.status, place(seen)?.split("?")[0]]).toEqual([303, expect.stringMatching(/^\/sign-in/)]);
    }
    const refused = await next.send("/sign-in/code", { code: "123456" });
    expect([refused.status, refused.text]).toEqual([422, expect.stringContaining("not right, or was used")]);
    const code = codeOf(secret);
    expect(place(await next.send("/sign-in/code", { code, next: "/me" }))).toBe("/me");
    expect((await next.open("/me")).text).toContain("10 codes are left.");

    const replay = stranger();
    await password(replay);
    await replay.open("/sign-in/code");
    expect((await replay.send("/sign-in/code", { code })).status).toBe(422);
    expect(place(await replay.send("/sign-in/code", { code: (codes[0] ?? "").toLowerCase() }))).toBe("/");
    expect((await replay.open("/me")).text).toContain("9 codes are left.");
  });

  test("a browser is known once the whole sign-in is done, and guesses codes as a stranger's before", async () => {
    const { secret } = await setUp(visitor);
    clock.at += 60_000;
    const known = ({ cookies }: PanelVisitor) => cookies.has("__Host-xmailcfg-device");
    // Loopback and unknown addresses are not counted: only what is counted by name tells strangers and known ones apart.
    const wrongCodes = async (who: PanelVisitor) => {
      await who.open("/sign-in/code");
      for (let count = 0; ; count += 1) {
        const { status } = await who.send("/sign-in/code", { code: "nonsense" });
        if (status === 429) return count;
        expect(status).toBe(422);
      }
    };
    const thief = stranger();
    await password(thief);
    expect(known(thief)).toBe(false);
    expect(await wrongCodes(thief)).toBe(RULES.name.most);
    expect(known(thief)).toBe(false);
    // His own browser is not kept out by that, and has tries of its own.
    const again = async () => {
      await visitor.open("/me");
      await visitor.send("/sign-out");
      expect(place(await password(visitor))).toBe("/sign-in/code");
    };
    await again();
    await visitor.open("/sign-in/code");
    expect(place(await visitor.send("/sign-in/code", { code: codeOf(secret), next: "/me" }))).toBe("/me");
    expect(known(visitor)).toBe(true);
    await again();
    expect(await wrongCodes(visitor)).toBe(RULES.own.most);
  });

  test("a change of one's second factors signs out everywhere else, and here goes on", async () => {
    const passkey = { publicKey: "p", counter: 0, transports: [], createdAt: "", lastUsedAt: "" };
    let secret = "";
    const steps: [string, () => Promise<Seen>][] = [
      [
        "an app is set up",
        async () => {
          const made = await setUp(visitor);
          secret = made.secret;
          return made.last;
        },
      ],
      ["new recovery codes", () => visitor.send("/me/codes")],
      ["a passkey is removed", () => visitor.send("/me/passkeys/k/remove")],
      ["the app is removed", () => visitor.send("/me/app/remove")],
    ];
    for (const [what, change] of steps) {
      const other = stranger();
      clock.at += 30_000;
      if (secret === "") await other.signIn("master", PASSWORD);
      else {
        await password(other);
        await other.open("/sign-in/code");
        await other.send("/sign-in/code", { code: codeOf(secret) });
      }
      expect([what, (await other.open("/me")).status]).toEqual([what, 200]);
      const copy = stranger();
      for (const [name, value] of visitor.cookies) copy.cookies.set(name, value);
      if (what.startsWith("a passkey"))
        await world.state.people.factors.addPasskey(id, { ...passkey, id: "k", name: "Key" });
      await visitor.open("/me");
      const last = await change();
      expect([what, last.status]).toEqual([what, expect.toSatisfy((status: number) => status < 400)]);
      expect([what, place(await other.open("/me"))]).toEqual([what, expect.stringMatching(/^\/sign-in/)]);
      // Of the cookie that goes on no older copy does.
      expect([what, (await copy.open("/me")).status]).toEqual([what, 303]);
      // Links and forms of the page that was answered are good.
      const file = /href="(\/me\/codes\/file[^"]+)"/.exec(last.html)?.[1]?.replaceAll("&amp;", "&");
      if (file) expect((await visitor.open(file)).status).toBe(200);
      expect([what, place(await visitor.send("/me/language", { language: "en" }))]).toEqual([what, "/me"]);
      expect([what, (await visitor.open("/me")).status]).toEqual([what, 200]);
    }
  });

  test("so it is by the API, and of a refused or tried change nothing is seen", async () => {
    const other = stranger();
    await other.signIn("master", PASSWORD);
    const post = async (path: string, body: object) => {
      const token = hidden(await visitor.open("/me"), "csrf");
      return visitor.open(`/api${path}`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "x-csrf-token": token,
          origin: ORIGIN,
          "sec-fetch-site": "same-origin",
        },
        body: JSON.stringify(body),
      });
    };
    const { secret } = JSON.parse((await post("/me/authenticator/begin", {})).html) as { secret: string };
    expect((await post("/me/authenticator", { code: "000000" })).status).toBe(422);
    expect((await post("/me/authenticator/remove?dryRun=true", {})).status).toBe(200);
    expect((await other.open("/me")).status).toBe(200);
    expect((await post("/me/authenticator", { code: codeOf(secret) })).status).toBe(200);
    expect((await other.open("/me")).status).toBe(303);
    expect((await visitor.open("/me")).status).toBe(200);
    expect((await post("/me/recovery-codes", {})).status).toBe(200);
  });

  test("a cookie that waits opens neither pages nor API, and no second app can be set up with it", async () => {
    await setUp(visitor);
    clock.at += 60_000;
    const thief = stranger();
    await password(thief);
    const cookie = [...thief.cookies].map((pair) => pair.join("=")).join("; ");
    const panel = createPanel(world.xmail, { state: world.state, now: () => new Date(clock.at) });
    const api = await panel(new Request("https://panel.example/api/me", { headers: { cookie } }));
    expect(api.status).toBe(401);
    await thief.open("/sign-in/code");
    for (const path of ["/me/app", "/me/app/confirm", "/me/passkeys", "/me/codes", "/me/app/remove"]) {
      expect([path, (await thief.send(path)).status]).toEqual([path, 303]);
    }
    expect(await world.state.people.factors.of(id)).toMatchObject({ totp: true, recoveryLeft: 10 });
  });

  test("who must have a factor sets one up before anything opens", async () => {
    await world.state.people.setPolicy({ secondFactorFor: ["master"] });
    const person = stranger();
    expect(place(await password(person))).toBe("/me/second-factor");
    for (const path of ["/", "/me", "/domains", "/sign-in/code"]) {
      expect([path, place(await person.open(path))]).toEqual([path, "/me/second-factor"]);
    }
    const page = await person.open("/me/second-factor");
    expect(page.text).toContain("Until then nothing else opens.");
    expect(page.html).not.toContain('href="/domains"');
    await setUp(person);
    expect((await person.open("/me")).text).toContain("Your role must have one.");
    // The one who waited with the same password meanwhile is too late.
    const late = stranger();
    clock.at += 30_000;
    expect(place(await password(late))).toBe("/sign-in/code");
  });

  test("a cookie from before the enrolment sets up no other app", async () => {
    await world.state.people.setPolicy({ secondFactorFor: ["master"] });
    const [person, thief] = [stranger(), stranger()];
    await password(person);
    await password(thief);
    await thief.open("/me/second-factor");
    const { secret } = await setUp(person);
    expect(place(await thief.send("/me/app"))).toMatch(/^\/sign-in/);
    clock.at += 30_000;
    expect(await world.state.people.factors.isCode(id, codeOf(secret), new Date(clock.at))).toBe(true);
  });

  test("what is dangerous asks again after ten minutes, keeps the form, and goes on", async () => {
    const { secret } = await setUp(visitor);
    clock.at += 599_000;
    await visitor.open("/me/codes");
    expect((await visitor.send("/me/codes")).text).toContain("Save as a file");
    clock.at += 2_000;
    await visitor.open("/me/app/remove");
    const asked = await visitor.send("/me/app/remove", { confirm: "typed before" });
    expect([asked.status, asked.text]).toEqual([200, expect.stringContaining("Is it still you?")]);
    expect(asked.html).not.toContain("typed before");
    const fields = { step: "prove", kept: hidden(asked, "kept"), code: codeOf(secret) };
    const wrong = await visitor.send("/me/app/remove", { ...fields, password: "wrong" });
    expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining("not right")]);
    const noCode = await visitor.send("/me/app/remove", { ...fields, password: PASSWORD, code: "" });
    expect(noCode.status).toBe(422);
    expect((await world.state.people.factors.of(id)).totp).toBe(true);
    const done = await visitor.send("/me/app/remove", { ...fields, password: PASSWORD });
    expect([done.status, place(done)]).toEqual([303, "/me"]);
    expect((await world.state.people.factors.of(id)).totp).toBe(false);
    // Proved: for ten minutes nothing is asked again.
    await visitor.open("/me/app");
    expect((await visitor.send("/me/app")).text).toContain("Scan this with the app.");
  });

  test("a form that waited too long, or that somebody else brings, is not taken", async () => {
    clock.at += 601_000;
    await visitor.open("/me/app");
    const asked = await visitor.send("/me/app");
    const fields = { step: "prove", kept: hidden(asked, "kept"), password: PASSWORD };
    const other = stranger();
    await other.signIn("master", PASSWORD);
    await other.open("/me/app");
    expect((await other.send("/me/app", fields)).text).toContain("took too long");
    clock.at += 600_000;
    expect((await visitor.send("/me/app", fields)).text).toContain("took too long");
  });

  test("password, language and sessions are one's own to change", async () => {
    await visitor.open("/me/password");
    const wrong = await visitor.send("/me/password", {
      currentPassword: "nonsense",
      password: "Another-word-22",
      passwordAgain: "Another-word-22",
    });
    expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining("not your present password")]);
    expect(wrong.html).not.toContain("Another-word-22");
    expect(place(await visitor.send("/me/language", { language: "ja" }))).toBe("/me");
    expect((await visitor.open("/me")).text).toContain("ログイン設定");
    const other = stranger();
    await other.signIn("master", PASSWORD);
    await visitor.open("/me");
    expect(place(await visitor.send("/me/sign-out-everywhere"))).toBe("/sign-in");
    expect(place(await other.open("/me"))).toMatch(/^\/sign-in/);
    await visitor.signIn("master", PASSWORD);
    await visitor.open("/me/password");
    const done = await visitor.send("/me/password", {
      currentPassword: PASSWORD,
      password: "Another-word-22",
      passwordAgain: "Another-word-22",
    });
    expect(place(done)).toBe("/sign-in");
    await expect(visitor.signIn("master", PASSWORD)).rejects.toThrow("422");
    await visitor.signIn("master", "Another-word-22");
  });

  test("no secret and no code is in the state, the log or the audit log", async () => {
    const { secret, codes } = await setUp(visitor);
    clock.at += 60_000;
    const person = stranger();
    await password(person);
    await person.open("/sign-in/code");
    await person.send("/sign-in/code", { code: codes[0] ?? "" });
    await person.send("/sign-in/code", { code: codeOf(secret) });
    const everything = world.everything() + world.logged.join("\n");
    for (const one of [secret, ...codes, codeOf(secret), PASSWORD]) expect(everything).not.toContain(one);
    expect(everything).toContain("session.prove");
  });
});
