import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { run } from "../../adapters/cli/run.ts";
import { Secret } from "../../src/errors/secret.ts";
import { domainTarget, type Target } from "../../src/kernel/target.ts";
import { newPerson } from "../../src/state/people-file.ts";
import { local } from "../../src/storage/local.ts";
import { fakeTerminal } from "../unit/cli/fake-terminal.ts";
import { logText, plant } from "../unit/spool/spool-samples.ts";
import { formOf, type PanelVisitor, visitorOf } from "./panel-visitor.ts";
import { openWorld, type World } from "./world.ts";

const HERS = "3_1_1795509232561.7fd1577fe6c0.72b3.92.mx1";
const OTHERS = "4_2_1795509232562.7fd1577fe6c0.72b3.93.mx1";
const STUCK = "550 5.1.1 no such user";
const nameOf = (id: string) => id.replace(/^\d+_\d+_/, "");
const STUCK_HERS = {
  cell: "3/1",
  stage: "froz",
  name: nameOf(HERS),
  subject: "Minutes",
  log: logText(STUCK),
} as const;
let world: World;
let visitor: PanelVisitor;

beforeEach(async () => {
  world = await openWorld("ctrl");
  await plant(local(world.mailRoot), [
    STUCK_HERS,
    {
      cell: "4/2",
      stage: "froz",
      name: nameOf(OTHERS),
      from: "a@other.test",
      to: "b@other.test",
      subject: "Secret plan",
    },
    { cell: "4/2", stage: "rsnd", name: "1795509232563.7fd1577fe6c0.72b3.94.mx1", subject: "Waits unseen" },
  ]);
  visitor = visitorOf(world.panel);
  await visitor.signIn("master", "Administrator-1");
});
afterEach(() => world.close());

describe("the queue where only the control port is open", () => {
  test("the page says first what is not seen, and offers only what can be done", async () => {
    const page = await visitor.open("/queue");
    expect(page.status).toBe(200);
    expect(page.text).toContain("Only frozen messages can be seen");
    expect(page.text).toContain("Minutes");
    expect(page.text).not.toContain("Waits unseen");
    expect(page.text).not.toContain("waits for a retry0");
    expect(page.html).toContain('href="/service/flush"');
    expect(page.html).toContain("action=release");
    for (const action of ["hold", "resend"]) expect(page.html).not.toContain(`action=${action}`);
    expect(page.html).not.toContain('class="btn" href="/rescue"');
    const message = await visitor.open(`/queue/messages/${HERS}`);
    expect(message.text).toContain(STUCK);
    const refused = await visitor.open("/queue/act?action=hold&filter=from:alice");
    expect(refused.status).toBe(422);
    expect(refused.text).toContain("frozen messages can be released or deleted, and nothing else");
  });

  test("deleting says beforehand that it is for good; the copy can be downloaded, with a reason", async () => {
    const asked = await visitor.open("/queue/act?action=remove&filter=from:alice");
    expect(asked.text).toContain("cannot be put back");
    expect(asked.text).toContain("Caught by the filter1 ");
    const sent = await visitor.send("/queue/act", formOf(asked, ["action", "filter"]));
    const path = sent.headers.get("location") ?? "";
    const job = await visitor.open(path);
    expect(job.text).toContain("Messages it was done to1");
    expect(job.text).toContain("The messages cannot be put back into the queue");
    expect(job.html).not.toContain('value="undo"');
    expect(job.html).toContain(`/messages/${HERS}/mail.eml`);
    const queue = await visitor.open("/queue");
    expect(queue.text).not.toContain("Minutes");
    const file = `${path}/messages/${HERS}/mail.eml`;
    const why = await visitor.open(file);
    expect(why.text).not.toContain("sample message");
    const eml = await visitor.send(file, { step: "open", why: "A complaint" });
    expect(eml.headers.get("content-type")).toContain("message/rfc822");
    expect(eml.html).toContain("Subject: Minutes\r\n");
    expect((await world.api("POST", `${path.replace("/queue", "/spool")}/undo`, {})).status).toBe(409);
  });

  test("releasing by the page hands it to XMail", async () => {
    const asked = await visitor.open(`/queue/act?action=release&filter=&of=messages&message=${HERS}`);
    const sent = await visitor.send("/queue/act", formOf(asked, ["action", "filter", "message"]));
    expect(sent.status).toBe(303);
    expect(Object.keys(world.tree())).toContain(`spool/3/1/mess/${HERS.slice(4)}`);
    expect(Object.keys(world.tree())).toContain(`spool/4/2/froz/${OTHERS.slice(4)}`);
  });

  test("the API says what it sees, and refuses the rest by field and rule with nothing changed", async () => {
    const before = world.tree();
    const shape = (await (await world.api("GET", "/spool/shape?by=reason")).json()) as object;
    expect(shape).toMatchObject({
      sees: "frozen",
      messages: 2,
      states: { ready: null, retry: null, frozen: 2, held: null },
    });
    const list = (await (await world.api("GET", "/spool/messages")).json()) as object;
    expect(list).toMatchObject({ sees: "frozen", items: [{ message: HERS }, { message: OTHERS }] });
    for (const path of ["/spool/hold", "/spool/resend"]) {
      const refused = await world.api("POST", path, { filter: "from:a" });
      expect(refused.status).toBe(422);
      expect(await refused.json()).toMatchObject({ errors: [{ field: "action", rule: "frozen-only" }] });
    }
    expect((await world.api("GET", "/incident-suspects")).status).toBe(501);
    expect((await world.api("POST", "/service/flush", { recipients: "*" })).status).toBe(200);
    expect(world.tree()).toEqual(before);
  });

  test("who has one domain sees and removes its messages only; a delegated administrator has none of the queue", async () => {
    const { people } = world.state;
    const keyOf = async (person: string, on: readonly Target[] | null) => {
      const limits = { allow: null, on, networks: [], validUntil: "", dryRunOnly: false };
      return (await people.keys.add({ name: "queue", person, ...limits })).secret.reveal();
    };
    const ask = async (key: string, method: string, path: string, body?: unknown) => {
      const answer = await world.api(method, path, body, { authorization: `Bearer ${key}` });
      return [answer.status, await answer.json()] as const;
    };
    const hers = await keyOf((await people.named("master"))?.id ?? "", [domainTarget("example.com")]);
    for (const path of [
      "/spool/shape",
      "/spool/messages",
      "/spool/messages?domain=other.test",
      "/spool/jobs",
    ])
      expect(await ask(hers, "GET", path), path).toMatchObject([403, {}]);
    const list = await ask(hers, "GET", "/spool/messages?domain=example.com");
    expect(list).toMatchObject([200, { sees: "frozen", items: [{ message: HERS }] }]);
    expect((await ask(hers, "GET", `/spool/messages/${OTHERS}?domain=example.com`))[0]).toBe(404);
    const before = Object.keys(world.tree());
    const named = { filter: "", messages: [OTHERS], domain: "example.com", confirm: "1" };
    const removed = await ask(hers, "POST", "/spool/remove", named);
    expect(removed[1]).not.toMatchObject({ done: 1 });
    expect(Object.keys(world.tree())).toContain(before.find((path) => path.includes(nameOf(OTHERS))));
    const support = { postmaster: "", masterEmail: "", masterPhone: "", popServer: "", smtpServer: "" };
    const door = { slug: "", host: "", title: "", text: "", logo: "", colour: "" };
    const delegation = { domains: ["example.com"], most: {}, rights: [], support, door } as const;
    const person = newPerson({ name: "sato", role: "delegate", delegation });
    const { id } = await people.add(person, new Secret("correct horse battery"));
    const his = await keyOf(id, null);
    expect((await ask(his, "GET", "/spool/messages?domain=example.com"))[0]).toBe(403);
  });

  test("the command line over a configuration without mailRoot, and with the file commands as one", async () => {
    const folder = mkdtempSync(join(tmpdir(), "xmailcfg-frozen-"));
    try {
      const { password, ...ctrl } = { ...world.ctrl, password: String(world.ctrl.password) };
      writeFileSync(join(folder, "secret"), password);
      for (const mailRoot of [undefined, { ctrl: true }]) {
        const config = {
          xmail: {
            ctrl: { ...ctrl, password: { file: join(folder, "secret") } },
            ...(mailRoot ? { mailRoot } : {}),
          },
          state: join(folder, "state"),
        };
        writeFileSync(join(folder, "config.json"), JSON.stringify(config));
        const xmailcfg = async (line: string) => {
          const terminal = {
            ...fakeTerminal({
              input: "",
              env: { XMAILCFG_CONFIG: join(folder, "config.json"), USER: "sato" },
            }),
            readFile: (path: string) => readFile(path, "utf8"),
            stopped: () => new Promise<void>(() => undefined),
          };
          const code = await run(line.split(" "), terminal);
          return { code, out: terminal.printed.join(""), err: terminal.complaints.join("") };
        };
        await plant(local(world.mailRoot), [STUCK_HERS]);
        const seen = JSON.parse((await xmailcfg("spool shape --by from --json")).out);
        expect(seen).toMatchObject({ sees: "frozen", messages: 2, states: { frozen: 2, retry: null } });
        const list = await xmailcfg("spool list --filter from:alice");
        expect(list.out).toContain("sees: frozen");
        expect(list.out).toContain(HERS);
        const held = await xmailcfg("spool hold --filter from:alice");
        expect(held.code).not.toBe(0);
        expect(held.err).toContain("messages can be released or removed, and nothing else");
        expect((await xmailcfg("spool remove --filter from:alice --dry-run")).code).toBe(0);
        expect((await xmailcfg("spool list")).out).toContain(HERS);
        const removed = JSON.parse((await xmailcfg("spool remove --filter from:alice --yes --json")).out);
        expect(removed).toMatchObject({ done: 1, undoable: false });
        const kept = await xmailcfg(`removed-message list --job ${removed.job} --json`);
        expect(JSON.parse(kept.out)).toMatchObject({ items: [{ message: HERS, subject: "Minutes" }] });
        const undo = await xmailcfg(`spool-job undo --job ${removed.job}`);
        expect([undo.code === 0, undo.err.includes("takes no messages back")]).toEqual([false, true]);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
