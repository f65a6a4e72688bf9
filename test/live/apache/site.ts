import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { World } from "../../conformance/world.ts";
import { TOP } from "../../gates/tree-copy.ts";
import { APACHE_IDS, apacheFolder } from "./server.ts";

const BIN = join(TOP, "dist/bin");

/** A block of the guide as its reader would have it: in his folder, with his ports. */
export function guideConf(name: string, replacements: Readonly<Record<string, string>>): string {
  const guide = readFileSync(join(TOP, "docs/guide/apache.md"), "utf8");
  const code = new RegExp(`<!-- conf: ${name} -->\\n\`\`\`apache\\n([\\s\\S]*?)\`\`\``).exec(guide)?.[1];
  if (code === undefined) throw new Error(`apache.md has no block ${name}`);
  return Object.entries(replacements).reduce((text, [ours, his]) => text.replaceAll(ours, his), code);
}

/** `/srv/xmailcfg` of the guide: the built programs in `cgi-bin`, and a configuration beside them. */
export function copyPrograms(config: object): string {
  if (!existsSync(join(BIN, "xmailcfg.cgi"))) throw new Error("dist/bin is missing: run npm run build first");
  const folder = apacheFolder();
  cpSync(BIN, join(folder, "cgi-bin"), { recursive: true });
  for (const name of ["xmailcfg.cgi", "xmailcfg-quick.cgi"]) chmodSync(join(folder, "cgi-bin", name), 0o755);
  writeFileSync(join(folder, "cgi-bin/xmailcfg.config.json"), JSON.stringify(config));
  return folder;
}

/** What the program must be told to reach the world: XMail's files and port, and where the people are kept. */
export function configurationOf(world: World, panel: object = {}) {
  const top = dirname(world.mailRoot);
  const { host, port, account, password } = world.ctrl;
  const secret = join(top, "control-password");
  writeFileSync(secret, `${typeof password === "string" ? password : password.reveal()}\n`);
  mkdirSync(join(top, "state"), { recursive: true });
  if (process.getuid?.() === 0) handOver(top);
  return {
    xmail: { mailRoot: world.mailRoot, ctrl: { host, port, account, password: { file: secret } } },
    state: join(top, "state"),
    panel: { serverName: "Apache", ...panel },
  };
}

/** Everything below belongs to Apache's user, who runs the programs. */
export function handOver(path: string): void {
  chownSync(path, APACHE_IDS.uid, APACHE_IDS.gid);
  if (!statSync(path).isDirectory()) return;
  for (const name of readdirSync(path)) handOver(join(path, name));
}
