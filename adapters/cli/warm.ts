import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { fail, local, openState, openXMail } from "../../src/index.ts";
import { startSimulator, writeMailRoot } from "../../src/testing/index.ts";
import { CACHE_ENDING, cachedLoader } from "../node/code-cache.ts";
import { type Terminal, UsageError } from "./terminal.ts";

const PROGRAM = "xmailcfg-cgi.cjs";
const CTRL = { account: "warm", password: "control-password" };
const DOMAIN = "example.com";

type Variables = Readonly<Record<string, string>>;
type Main = (streams: { env: Variables; input: number; output: number }) => Promise<void>;

/**
 * `xmailcfg warm`: lets the CGI program answer some requests about a made-up XMail, and keeps what Node compiled beside
 * it. Node 20 of the same version takes it from there; any other compiles the source as before.
 */
export async function runWarm(args: readonly string[], terminal: Terminal): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { dir: { type: "string" } } });
  const folder = realpathSync(values.dir ?? dirname(realpathSync(process.argv[1] ?? ".")));
  const scratch = mkdtempSync(join(tmpdir(), "xmailcfg-warm-"));
  try {
    const loader = loaderOf(folder);
    const { main } = loader.load(PROGRAM) as { main: Main };
    await answerRequests(main, scratch);
    const caches = [...loader.caches()];
    for (const [name, bytes] of caches) keep(join(folder, name + CACHE_ENDING), bytes);
    terminal.out(`Kept the compiled code of ${caches.length} files in ${folder}.\n`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function loaderOf(folder: string) {
  try {
    readFileSync(join(folder, PROGRAM));
  } catch {
    throw new UsageError(`There is no ${PROGRAM} in ${folder}. Name the folder of xmailcfg.cgi with --dir.`);
  }
  return cachedLoader(folder, createRequire(join(folder, PROGRAM)), false);
}

function keep(path: string, bytes: Uint8Array): void {
  const temporary = `${path}.${process.pid}`;
  try {
    writeFileSync(temporary, bytes);
    renameSync(temporary, path);
  } catch (cause) {
    rmSync(temporary, { force: true });
    fail("STORAGE_DENIED", `Nothing can be kept in ${dirname(path)}: run this as its owner.`, { cause });
  }
}

/** Pages and lists in both languages, from the files and by the control port. */
async function answerRequests(main: Main, scratch: string): Promise<void> {
  const mailRoot = join(scratch, "MailRoot");
  await writeMailRoot(local(mailRoot), { domain: DOMAIN, ctrl: CTRL });
  const xmail = await openXMail({ storage: local(mailRoot), offline: true });
  for (const name of ["one", "two", "three"]) {
    await xmail.account.add({ domain: DOMAIN, name, password: "mailbox-password", realName: "One Two" });
  }
  await xmail.close();
  const state = await openState(local(join(scratch, "state")));
  await state.addAdministrator({ name: "warm", password: "correct horse battery" });
  const key = await state.addApiKey({ administrator: "warm", name: "warm" });
  await state.close();
  const simulator = await startSimulator({ storage: local(mailRoot) });
  try {
    const secret = join(scratch, "secret");
    writeFileSync(secret, `${CTRL.password}\n`, { mode: 0o600 });
    const ctrl = {
      host: "127.0.0.1",
      port: simulator.port,
      account: CTRL.account,
      password: { file: secret },
    };
    const ask = asker(main, scratch);
    for (const xmail of [
      { mailRoot, offline: true },
      { mailRoot, ctrl },
    ]) {
      const config = join(scratch, "config.json");
      writeFileSync(config, JSON.stringify({ xmail, state: join(scratch, "state") }));
      const cookie = await signIn(ask, config);
      for (const language of ["en", "ja"]) {
        for (const path of ["/", "/accounts", "/domains"]) {
          await ask(config, path, { HTTP_COOKIE: cookie, HTTP_ACCEPT_LANGUAGE: language });
        }
      }
      await ask(config, "/api/accounts", { HTTP_AUTHORIZATION: `Bearer ${key.reveal()}` });
    }
  } finally {
    await simulator.close();
  }
}

type Ask = (config: string, path: string, variables: Variables, body?: string) => Promise<string>;

async function signIn(ask: Ask, config: string): Promise<string> {
  const form = await ask(config, "/sign-in", {});
  const csrf = /name="csrf" value="([^"]+)"/.exec(form)?.[1] ?? "";
  const fields = { csrf, name: "warm", password: "correct horse battery" };
  const post = { REQUEST_METHOD: "POST", CONTENT_TYPE: "application/x-www-form-urlencoded" };
  const body = new URLSearchParams(fields).toString();
  return cookiesOf(await ask(config, "/sign-in", { ...post, HTTP_COOKIE: cookiesOf(form) }, body));
}

function cookiesOf(answer: string): string {
  return [...answer.matchAll(/^set-cookie: ([^;\r]+)/gim)].map(([, pair]) => pair).join("; ");
}

/** Through files, where a web server has pipes. */
function asker(main: Main, scratch: string): Ask {
  const [inFile, outFile] = [join(scratch, "in"), join(scratch, "out")];
  return async (config, path, variables, body = "") => {
    writeFileSync(inFile, body);
    const [input, output] = [openSync(inFile, "r"), openSync(outFile, "w")];
    const env = {
      XMAILCFG_CONFIG: config,
      REQUEST_METHOD: "GET",
      SCRIPT_NAME: "/xmailcfg.cgi",
      PATH_INFO: path,
      REQUEST_URI: `/xmailcfg.cgi${path}`,
      HTTP_HOST: "localhost",
      HTTP_ACCEPT: "text/html",
      CONTENT_LENGTH: String(Buffer.byteLength(body)),
      ...variables,
    };
    try {
      await main({ env, input, output });
    } finally {
      closeSync(input);
      closeSync(output);
    }
    const answer = readFileSync(outFile, "utf8");
    if (!/^Status: (?:200|303) /.test(answer)) throw new Error(`${path}: ${answer.slice(0, 200)}`);
    return answer;
  };
}
