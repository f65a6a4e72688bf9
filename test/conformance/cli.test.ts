import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../../adapters/cli/run.ts";
import { Secret } from "../../src/errors/secret.ts";
import { writeMailRoot } from "../../src/simulator/mail-root.ts";
import { type Simulator, startSimulator } from "../../src/simulator/simulator.ts";
import { openState } from "../../src/state/state.ts";
import { local } from "../../src/storage/local.ts";
import { fakeTerminal } from "../unit/cli/fake-terminal.ts";

const CTRL = { account: "admin", password: "ctrl-Secret-1" };

/** The key that `api-key add --json` shows once. */
function keyIn({ out }: { readonly out: string }): string {
  return (JSON.parse(out) as { key: string }).key;
}

/** The command line over a real configuration file, secrets by reference, against the simulator. */
describe("xmailcfg", () => {
  const folder = mkdtempSync(join(tmpdir(), "xmailcfg-cli-"));
  const at = (...path: string[]) => join(folder, ...path);
  let simulator: Simulator;

  beforeAll(async () => {
    await writeMailRoot(local(at("MailRoot")), { domain: "example.com", ctrl: CTRL });
    simulator = await startSimulator({ storage: local(at("MailRoot")) });
    writeFileSync(at("ctrl.secret"), `${CTRL.password}\n`);
    writeFileSync(at("hana.secret"), "Long-enough-1\n");
    const config = {
      xmail: {
        mailRoot: at("MailRoot"),
        ctrl: {
          host: "127.0.0.1",
          port: simulator.port,
          account: CTRL.account,
          password: { file: at("ctrl.secret") },
        },
      },
      state: at("state"),
      panel: { port: 1 },
    };
    writeFileSync(at("xmailcfg.config.json"), JSON.stringify(config));
  });
  afterAll(async () => {
    await simulator.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function xmailcfg(
    line: string,
    input = "",
    stop = new Promise<void>(() => undefined),
    env: Record<string, string> = {},
  ) {
    const terminal = {
      ...fakeTerminal({ input, env: { XMAILCFG_CONFIG: at("xmailcfg.config.json"), USER: "sato", ...env } }),
      readFile: (path: string) => readFile(path, "utf8"),
      stopped: () => stop,
    };
    const code = await run(line.split(" "), terminal);
    return { code, out: terminal.printed.join(""), err: terminal.complaints.join("") };
  }

  /** One request to `xmailcfg serve`, which is stopped again. */
  async function askServe(
    path: string,
    {
      key,
      env = {},
      ctrl = {},
      panel = {},
    }: { key: string; env?: Record<string, string>; ctrl?: object; panel?: object },
  ) {
    const config = JSON.parse(readFileSync(at("xmailcfg.config.json"), "utf8"));
    Object.assign(config.xmail.ctrl, ctrl);
    Object.assign(config.panel, panel);
    writeFileSync(at("serve.json"), JSON.stringify(config));
    let stop = () => {};
    const stopped = new Promise<void>((resolve) => {
      stop = resolve;
    });
    const port = 20_000 + (process.pid % 20_000);
    const serving = xmailcfg(`serve --port ${port} --config ${at("serve.json")}`, "", stopped, env);
    const asked = patiently(() =>
      fetch(`http://127.0.0.1:${port}${path}`, { headers: { authorization: `Bearer ${key}` } }),
    );
    // A `serve` that ended by itself is the answer, too.
    const response = await Promise.race([asked, serving.then(({ err }) => Promise.reject(new Error(err)))]);
    const text = await response.text();
    stop();
    return { response: new Response(text, response), served: await serving, port };
  }

  test("runs operations, answers in words or JSON, and the audit log names who did it", async () => {
    const added = await xmailcfg(
      `account add --domain example.com --name hana --password-file ${at("hana.secret")}`,
    );
    expect(added).toMatchObject({ code: 0, err: "" });
    expect(added.out).toContain("name: hana");
    const list = await xmailcfg("account list --search hana --json");
    expect(JSON.parse(list.out)).toMatchObject({ total: 1, items: [{ address: "hana@example.com" }] });
    expect((await xmailcfg("account list --domain example.com")).out).toMatch(/hana@example\.com/);
    await xmailcfg(
      "account set-variables --domain example.com --name hana --set MaxMBSize=10 --set Note=a=b",
    );
    const got = JSON.parse((await xmailcfg("account get --domain example.com --name hana --json")).out);
    expect(got.variables).toContainEqual({ name: "Note", value: "a=b" });
    const removed = await xmailcfg("account remove --domain example.com --name hana --yes");
    expect(removed.code).toBe(0);
    expect(readFileSync(at("MailRoot", "mailusers.tab"), "utf8")).not.toContain("hana");
    const audit = readdirSync(at("state"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".jsonl"))
      .map((name) => readFileSync(at("state", name), "utf8"))
      .join("");
    expect(audit).toContain('"actor":"cli:sato"');
    expect(audit).toContain("account.remove");
    expect(audit).not.toContain("Long-enough-1");
  });

  test("imports in parts: shows how far it is, stops behind a part, and goes on", async () => {
    const csv = ["address,password"]
      .concat(Array.from({ length: 520 }, (_, i) => `cli${i}@example.com,Secret-word-${i}`))
      .join("\n");
    const begin = "account import --csv - --mode possible --json";
    const stopped = await xmailcfg(begin, csv, Promise.resolve());
    expect(stopped.code).toBe(1);
    expect(stopped.err).toContain("500 of 520 lines\n");
    expect(stopped.err).toContain("stopped. 500 added, 0 there already, 0 cannot be imported");
    expect(stopped.err).toContain("the same command with --from 502");
    expect(JSON.parse(stopped.out)).toMatchObject({ added: 500, total: 520, next: 502 });
    const rest = await xmailcfg(`${begin} --from 502`, csv);
    expect(rest).toMatchObject({ code: 0, err: "" });
    expect(JSON.parse(rest.out)).toMatchObject({ added: 20, wrong: 0, next: null });
    const whole = await xmailcfg("account import --csv - --most 5", csv);
    expect(whole.code).toBe(2);
    expect(whole.err).toContain("made in one go");
  }, 120_000);

  test("explains refusals and exits with 1, wrong input with 2", async () => {
    const gone = await xmailcfg("domain get --domain nowhere.test");
    expect(gone).toMatchObject({ code: 1, out: "" });
    expect(gone.err).toContain("DOMAIN_NOT_FOUND");
    const silent = await xmailcfg("account add --domain example.com --name x");
    expect(silent).toMatchObject({ code: 2, err: expect.stringContaining("--password-file") });
    const wrong = await xmailcfg("domain add --domain a/b");
    expect(wrong.code).toBe(2);
    expect(wrong.err).toMatch(/INVALID_INPUT.*domain: Letters/s);
    const unreachable = await xmailcfg("account list --config /nowhere/c.json");
    expect(unreachable).toMatchObject({ code: 2 });
  });

  test("keeps administrators and keys; the key opens the API that serve serves", async () => {
    const weak = await xmailcfg("administrator add --name kenji --password-file -", "short\n");
    expect(weak).toMatchObject({ code: 2 });
    expect(
      (await xmailcfg("administrator add --name kenji --password-file -", "Administrator-1\n")).code,
    ).toBe(0);
    expect(
      (await xmailcfg("administrator add --name kenji --password-file -", "Administrator-1\n")).code,
    ).toBe(1);
    expect((await xmailcfg("person list")).out).toContain("kenji");
    const file = await xmailcfg("person set-password --person kenji --password-file /nowhere/secret");
    expect(file).toMatchObject({ code: 2, out: "" });
    expect(file.err).toContain("/nowhere/secret cannot be read");
    expect((await xmailcfg("person set-password --person kenji --password-file -", "short\n")).code).toBe(2);
    expect(
      (await xmailcfg("person set-password --person nobody --password-file -", "Long-enough-2\n")).code,
    ).toBe(1);
    const changed = await xmailcfg(
      "person set-password --person kenji --password-file -",
      "Administrator-2\n",
    );
    expect(changed).toMatchObject({ code: 0, err: "" });
    const state = await openState(local(at("state")));
    const { people } = state;
    const kenji = (await people.named("kenji"))?.id ?? "";
    expect(await people.isPassword(kenji, new Secret("Administrator-1"))).toBe(false);
    expect(await people.isPassword(kenji, new Secret("Administrator-2"))).toBe(true);
    await state.close();
    const key = keyIn(await xmailcfg("api-key add --person kenji --name laptop --json"));
    expect(key).toMatch(/^xmc_/);
    expect((await xmailcfg("api-key list")).out).toContain("laptop");

    expect(JSON.parse((await xmailcfg("api-key list --json")).out)).toMatchObject({
      items: [{ name: "laptop" }],
    });
    expect(JSON.parse((await xmailcfg("person list --json")).out)).toMatchObject({
      total: 1,
      items: [{ name: "kenji" }],
    });

    const { response, served } = await askServe("/api/server/status", { key });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ reachable: true, mode: "ctrl+files" });
    expect(served).toMatchObject({ code: 0, err: "" });

    const id = /xmc_([^_]+)_/.exec(key)?.[1] ?? "";
    expect((await xmailcfg(`api-key remove --id ${id} --yes`)).code).toBe(0);
    expect((await xmailcfg("api-key list")).out).not.toContain("laptop");
  });

  describe("serve", () => {
    let key = "";
    beforeAll(async () => {
      await xmailcfg("administrator add --name server --password-file -", "A-long-secret-1\n");
      key = keyIn(await xmailcfg("api-key add --person server --name test --json"));
    });

    test("logs a failed request with its id on standard error, and no secret", async () => {
      const ctrl = { port: 1 };
      const { response, served } = await askServe("/api/domains/example.com", { key, ctrl });
      expect(response.status).toBeGreaterThanOrEqual(500);
      const { requestId, code } = (await response.json()) as { requestId: string; code: string };
      const [line = ""] = served.err.split("\n").filter((one) => one.includes(requestId));
      expect(JSON.parse(line)).toMatchObject({ program: "xmailcfg", level: "error", requestId, code });
      for (const secret of [CTRL.password, key]) expect(served.err).not.toContain(secret);
    });

    test("says where it is, its prefix included, and answers the hosts it may only", async () => {
      const panel = { basePath: "/mail", allowedHosts: ["mail.example.com"], serverName: "Head office" };
      const { response, served, port } = await askServe("/mail/sign-in", { key, panel });
      expect(served.out).toContain(`http://127.0.0.1:${port}/mail/\n`);
      expect(response.status).toBe(200);
      expect(await response.text()).toContain("Head office");
    });

    test("takes the control password from the environment", async () => {
      const ctrl = { password: { env: "CONTROL" } };
      const env = { CONTROL: CTRL.password };
      const { response } = await askServe("/api/server/status", { key, env, ctrl });
      expect(await response.json()).toMatchObject({ reachable: true });
    });

    test.each([
      [{ env: "NOT_SET" }, "xmail.ctrl.password.env"],
      [{ file: "/nowhere/secret" }, "xmail.ctrl.password.file"],
    ])("names the field of a wrong reference %j and does not start", async (password, field) => {
      await expect(askServe("/", { key, ctrl: { password } })).rejects.toThrow(field);
    });
  });
});

async function patiently<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (tries === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
