import { type ChildProcess, spawn } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openXMail } from "../../src/open.ts";
import { openState } from "../../src/state/state.ts";
import { local } from "../../src/storage/local.ts";
import { writeMailRoot } from "../../src/testing/index.ts";

const BIN = fileURLToPath(new URL("../../dist/bin", import.meta.url));
const SCRIPT = "/cgi-bin/xmailcfg.cgi";
const DOMAIN = "example.com";
const ADMINISTRATOR = { name: "bench", password: "correct horse battery" };
const CTRL = { account: "ctrl", password: "control-password" };
const ACCOUNTS = 50;
const MESSAGES = 3;
/** Longer than any run; it ends when its program is removed. */
const STAY_SECONDS = 3_600;

export type Variables = Readonly<Record<string, string>>;
/**
 * `offline`: the files of a stopped XMail. `ctrl`: a running one, lists read from the files, as on a mail host. `-stay`:
 * a process stays for later requests.
 */
export type Way = "offline" | "ctrl" | "offline-stay" | "ctrl-stay";

/** A mail host with the shipped CGI program in a folder of its own, an administrator who is signed in, and an API key. */
export interface CgiSite {
  readonly program: string;
  /** Folder of the program, its chunks and its configuration. */
  readonly folder: string;
  /** What a web server puts into the environment; `way` chooses the configuration. */
  variables(way: Way, path: string, headers?: Variables): Variables;
  readonly cookie: string;
  readonly apiKey: string;
  close(): Promise<void>;
}

export async function openCgiSite(): Promise<CgiSite> {
  if (!existsSync(join(BIN, "xmailcfg.cgi"))) throw new Error("dist/bin is missing: run npm run build first");
  const top = mkdtempSync(join(realpathSync(tmpdir()), "xmailcfg-bench-"));
  // A web server runs the program as somebody else.
  chmodSync(top, 0o755);
  const folder = join(top, "cgi-bin");
  const mailRoot = join(top, "MailRoot");
  const state = join(top, "state");
  cpSync(BIN, folder, { recursive: true });
  await writeMailRoot(local(mailRoot), { domain: DOMAIN, ctrl: CTRL });
  await addAccounts(mailRoot);
  const apiKey = await addAdministrator(state);
  const simulator = await startSimulator(mailRoot);
  const secret = join(top, "ctrl-password");
  writeFileSync(secret, `${CTRL.password}\n`, { mode: 0o600 });
  const ctrl = { host: "127.0.0.1", port: simulator.port, account: CTRL.account, password: { file: secret } };
  const ways = { offline: { mailRoot, offline: true }, ctrl: { mailRoot, ctrl } };
  for (const [way, xmail] of Object.entries(ways)) {
    for (const [suffix, stay] of Object.entries({ "": 0, "-stay": STAY_SECONDS })) {
      const panel = { serverName: "bench", stay };
      writeFileSync(join(top, `${way}${suffix}.json`), JSON.stringify({ xmail, state, panel }));
    }
  }
  const program = join(folder, "xmailcfg.cgi");
  const variables = (way: Way, path: string, headers: Variables = {}) =>
    environmentOf(join(top, `${way}.json`), path, headers);
  return {
    program,
    folder,
    variables,
    cookie: await signIn(program, variables),
    apiKey,
    async close() {
      await simulator.stop();
      rmSync(top, { recursive: true, force: true });
    },
  };
}

async function addAccounts(mailRoot: string): Promise<void> {
  const xmail = await openXMail({ storage: local(mailRoot), offline: true });
  for (let i = 0; i < ACCOUNTS; i += 1) {
    const name = `first.last${String(i).padStart(2, "0")}`;
    await xmail.account.add({
      domain: DOMAIN,
      name,
      password: "mailbox-password",
      realName: `First Last ${i}`,
    });
    const box = join(mailRoot, "domains", DOMAIN, name, "Maildir", "new");
    for (let message = 0; message < MESSAGES; message += 1) {
      writeFileSync(join(box, `17000000${i}${message}.1.host`), "x".repeat(2_000 + message));
    }
  }
  await xmail.close();
}

async function addAdministrator(folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const state = await openState(local(folder));
  await state.addAdministrator(ADMINISTRATOR);
  const key = await state.addApiKey({ administrator: ADMINISTRATOR.name, name: "bench" });
  await state.close();
  return key.reveal();
}

/** In a process of its own: a server shares no time with the program that asks it. */
async function startSimulator(mailRoot: string): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const child: ChildProcess = spawn(
    process.execPath,
    [join(BIN, "xmailcfg.cjs"), "simulator", "--mail-root", mailRoot, "--port", "0"],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout?.on("data", (text: Buffer) => {
      const found = /CTRL on 127\.0\.0\.1:(\d+)/.exec(text.toString());
      if (found) resolve(Number(found[1]));
    });
    child.once("exit", () => reject(new Error("the simulator ended")));
  });
  return {
    port,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

function environmentOf(config: string, path: string, headers: Variables): Variables {
  const [pathInfo = "", query = ""] = path.split("?", 2);
  return {
    PATH: "/usr/local/bin:/usr/bin:/bin",
    XMAILCFG_CONFIG: config,
    GATEWAY_INTERFACE: "CGI/1.1",
    SERVER_PROTOCOL: "HTTP/1.1",
    SERVER_SOFTWARE: "Apache/2.4",
    SERVER_NAME: "mail.example.com",
    SERVER_ADDR: "192.0.2.1",
    SERVER_PORT: "80",
    REMOTE_ADDR: "192.0.2.7",
    REMOTE_PORT: "50000",
    DOCUMENT_ROOT: "/var/www",
    REQUEST_SCHEME: "http",
    REQUEST_METHOD: "GET",
    REQUEST_URI: SCRIPT + path,
    SCRIPT_NAME: SCRIPT,
    PATH_INFO: pathInfo,
    QUERY_STRING: query,
    HTTP_HOST: "mail.example.com",
    HTTP_USER_AGENT: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    HTTP_ACCEPT: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    HTTP_ACCEPT_LANGUAGE: "en-GB,en;q=0.8,ja;q=0.5",
    HTTP_ACCEPT_ENCODING: "gzip, deflate",
    HTTP_CONNECTION: "keep-alive",
    ...headers,
  };
}

/** Once through the program itself, as a person does; the rest of the run has the cookie. */
async function signIn(program: string, variables: CgiSite["variables"]): Promise<string> {
  const form = await ask(program, variables("offline", "/sign-in"));
  const csrf = /name="csrf" value="([^"]+)"/.exec(form)?.[1] ?? "";
  const visitor = cookiesOf(form);
  const body = new URLSearchParams({ csrf, ...signInFields() }).toString();
  const answer = await ask(
    program,
    {
      ...variables("offline", "/sign-in", { HTTP_COOKIE: visitor }),
      REQUEST_METHOD: "POST",
      CONTENT_TYPE: "application/x-www-form-urlencoded",
      CONTENT_LENGTH: String(body.length),
    },
    body,
  );
  const cookie = cookiesOf(answer);
  if (!/^Status: 303/.test(answer) || cookie === "") throw new Error(`nobody was signed in:\n${answer}`);
  return cookie;
}

function signInFields(): Record<string, string> {
  return { name: ADMINISTRATOR.name, password: ADMINISTRATOR.password };
}

function cookiesOf(answer: string): string {
  return [...answer.matchAll(/^set-cookie: ([^;\r]+)/gim)].map(([, pair]) => pair).join("; ");
}

/** The whole answer of one request, headers and all. */
async function ask(program: string, variables: Variables, body = ""): Promise<string> {
  const child = spawn(process.execPath, [program], { env: variables, stdio: ["pipe", "pipe", "inherit"] });
  const out: Buffer[] = [];
  child.stdout.on("data", (piece: Buffer) => out.push(piece));
  child.stdin.on("error", () => undefined);
  child.stdin.end(body);
  await new Promise((resolve) => child.once("close", resolve));
  return Buffer.concat(out).toString();
}
