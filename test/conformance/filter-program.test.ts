import { type ChildProcess, spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildFilter } from "../../.ci/filter-program.ts";
import { VACATION_FILE, vacationBytes } from "../../src/settings/vacation-text.ts";
import { writeMailRoot } from "../../src/simulator/mail-root.ts";
import { local } from "../../src/storage/local.ts";
import { AWAY, spoolFile } from "../unit/filter/vacation-world.ts";

const FOLDER = "domains/example.com/hana";
const top = mkdtempSync(join(tmpdir(), "xmailcfg-filter-"));
let roots = 0;

interface Root {
  readonly path: string;
  /** A mail in the spool, as XMail hands it to the program. */
  mail(sender?: string): string;
  dropped(): string[];
  remembered(): string[];
}

async function mailRoot(): Promise<Root> {
  roots += 1;
  const path = join(top, `root ${roots}`);
  await writeMailRoot(local(path), {
    domain: "example.com",
    ctrl: { account: "admin", password: "ctrl-Secret-1" },
  });
  mkdirSync(join(path, FOLDER), { recursive: true });
  for (const folder of ["local", "temp", "1/2/mess"])
    mkdirSync(join(path, "spool", folder), { recursive: true });
  writeFileSync(join(path, FOLDER, VACATION_FILE), vacationBytes(AWAY));
  let mails = 0;
  const names = (folder: string) =>
    existsSync(folder) ? readdirSync(folder).filter((name) => !name.startsWith(".")) : [];
  return {
    path,
    mail(sender = "ken@elsewhere.example") {
      mails += 1;
      const file = join(path, "spool/1/2/mess", `1795509242114.7fd19a91d6c0.72b3.${mails}.mx1`);
      writeFileSync(
        file,
        spoolFile(["From: Ken <ken@elsewhere.example>", "To: hana@example.com"], { sender }),
      );
      return file;
    },
    dropped: () => names(join(path, "spool/local")),
    remembered: () => names(join(path, FOLDER, "vacation.sent")),
  };
}

interface Ended {
  readonly code: number | null;
  readonly said: string;
}

function start(args: readonly string[]): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const child = spawn(process.execPath, [join(top, "xmailcfg-filter.cjs"), ...args], {
    // As XMail starts it: hardly any environment, and outputs that lead nowhere.
    env: {},
    cwd: "/",
    stdio: ["ignore", "pipe", "ignore"],
  });
  let said = "";
  child.stdout?.setEncoding("utf8").on("data", (piece: string) => {
    said += piece;
  });
  return {
    child,
    ended: new Promise((resolve) => child.on("close", (code) => resolve({ code, said: said.trim() }))),
  };
}

const run = (...args: readonly string[]) => start(args).ended;
const answer = (file: string) => run("vacation", "hana@example.com", FOLDER, file);

beforeAll(() => buildFilter(top));
afterAll(() => rmSync(top, { recursive: true, force: true }));

describe("the program that XMail starts for a mail", () => {
  test("answers once, and leaves the mail and its folder as they were", async () => {
    const root = await mailRoot();
    const file = root.mail();
    const before = readFileSync(file);
    expect(await answer(file)).toEqual({ code: 0, said: "answered" });
    expect(await answer(root.mail("Ken@Elsewhere.example"))).toEqual({
      code: 0,
      said: "silent: answered-lately",
    });
    const [name = "", ...more] = root.dropped();
    expect([more, readFileSync(file).equals(before)]).toEqual([[], true]);
    expect(name).toMatch(/^\d{10}-[0-9a-f-]{36}\.[A-Za-z0-9.-]+$/);
    const mail = readFileSync(join(root.path, "spool/local", name), "latin1");
    expect(mail).toMatch(
      /^mail from:<>\r\nrcpt to:<ken@elsewhere\.example>\r\n\r\nFrom: hana@example\.com\r\n/,
    );
    expect(readdirSync(join(root.path, "spool/temp"))).toEqual([]);
    expect(root.remembered()).toHaveLength(1);
  });

  test("of twelve at once for one sender, one answers", async () => {
    const root = await mailRoot();
    const files = Array.from({ length: 12 }, () => root.mail());
    const said = (await Promise.all(files.map(answer))).map((one) => one.said).sort();
    expect(said).toEqual(["answered", ...Array(11).fill("silent: answered-lately")]);
    expect(root.dropped()).toHaveLength(1);
  }, 60_000);

  test("killed at any moment, it never answers a sender twice, and the next mail of another is answered", async () => {
    const root = await mailRoot();
    let killed = 0;
    let delay = 30;
    for (let turn = 0; turn < 30; turn += 1) {
      const { child, ended } = start([
        "vacation",
        "hana@example.com",
        FOLDER,
        root.mail("mai@elsewhere.example"),
      ]);
      const timer = setTimeout(() => child.kill("SIGKILL"), delay);
      const { code } = await ended;
      clearTimeout(timer);
      if (code === null) killed += 1;
      // Around the moment at which it ends by itself, which differs between machines.
      delay = Math.max(5, delay + (code === null ? 9 : -7));
      expect(root.dropped().length).toBeLessThanOrEqual(1);
      expect(root.remembered().length).toBeLessThanOrEqual(1);
    }
    expect(killed).toBeGreaterThan(3);
    const before = root.dropped().length;
    expect(await answer(root.mail("rio@elsewhere.example"))).toEqual({ code: 0, said: "answered" });
    expect(root.dropped()).toHaveLength(before + 1);
  }, 60_000);

  test("whatever is wrong, it ends with 0 and answers nobody", async () => {
    const root = await mailRoot();
    const file = root.mail();
    const alone = join(top, "alone.eml");
    writeFileSync(alone, readFileSync(file));
    const wrong: readonly (readonly string[])[] = [
      [],
      ["vacation"],
      ["else", "hana@example.com", FOLDER, file],
      ["vacation", "hana@example.com", FOLDER, `${file}.gone`],
      ["vacation", "hana@example.com", FOLDER, alone],
      ["vacation", "hana@example.com", "../..", file],
      ["vacation", "hana@example.com", "domains/example.com/nobody", file],
      ["vacation", "hana@example.com", FOLDER, join(root.path, "spool")],
    ];
    for (const args of wrong) {
      const { code, said } = await run(...args);
      expect([code, said], args.join(" ")).toEqual([
        0,
        expect.stringMatching(/usage|is in no|failed|silent/),
      ]);
    }
    rmSync(join(root.path, FOLDER, VACATION_FILE));
    expect(await answer(file)).toMatchObject({ code: 0, said: expect.stringContaining("failed") });
    expect(root.dropped()).toEqual([]);
  }, 60_000);

  test("without a place for what it remembers, or for its answer, nothing is sent", async () => {
    const root = await mailRoot();
    writeFileSync(join(root.path, FOLDER, "vacation.sent"), "");
    expect((await answer(root.mail())).said).toMatch(/failed|silent/);
    expect(root.dropped()).toEqual([]);
    rmSync(join(root.path, FOLDER, "vacation.sent"));
    rmSync(join(root.path, "spool/local"), { recursive: true });
    writeFileSync(join(root.path, "spool/local"), "");
    expect(await answer(root.mail())).toMatchObject({ code: 0, said: expect.stringContaining("failed") });
    rmSync(join(root.path, "spool/local"));
    mkdirSync(join(root.path, "spool/local"));
    // It said to remember the sender before it tried: better no answer than two.
    expect((await answer(root.mail())).said).toBe("silent: answered-lately");
  }, 60_000);

  test("a spool on another disk, by a link, is used", async () => {
    const root = await mailRoot();
    const far = join(top, "far spool");
    for (const folder of ["local", "temp", "1/2/mess"]) mkdirSync(join(far, folder), { recursive: true });
    rmSync(join(root.path, "spool"), { recursive: true });
    symlinkSync(far, join(root.path, "spool"));
    expect((await answer(root.mail())).said).toBe("answered");
    expect(readdirSync(join(far, "local"))).toHaveLength(1);
  });
});
