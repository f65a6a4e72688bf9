import type { FieldProblem } from "../errors/error.ts";
import { isFullPath } from "../xmail/full-path.ts";
import type { SecretSource } from "./fields.ts";
import type { Config } from "./schema.ts";
import type { SftpConfig } from "./storages.ts";

type Add = (field: string, message: string) => void;

/** What the schema cannot say. The configuration may be of any shape still. */
export function rulesBroken(config: Config): FieldProblem[] {
  const found: FieldProblem[] = [];
  const add: Add = (field, message) =>
    void found.push({ field, rule: "rule", message: `${field} ${message}` });
  const { xmail, state, tries } = config ?? {};
  const { ctrl, mailRoot, offline, reads, answerProgram } = xmail ?? {};
  if (!ctrl && !(offline && mailRoot)) {
    add("xmail.ctrl", "is missing: give the control port, or mailRoot with offline: true.");
  }
  if (ctrl && offline) add("xmail.offline", "cannot stand beside xmail.ctrl.");
  if (reads === "files" && !mailRoot) add("xmail.reads", "files needs xmail.mailRoot.");
  if (Array.isArray(answerProgram) && !isFullPath(String(answerProgram[0]))) {
    add(
      "xmail.answerProgram",
      "must begin with the full path of a program: XMail knows no PATH and no shell.",
    );
  }
  oneSource(ctrl?.password, "xmail.ctrl.password", add);
  storageRules(mailRoot, "xmail.mailRoot", ["smb", "sftp", "ctrl"], add);
  if (typeof mailRoot === "object" && mailRoot?.ctrl && !ctrl) {
    add("xmail.mailRoot.ctrl", "needs xmail.ctrl: the files come through it.");
  }
  const { signInBy, trustProxy, stay } = config?.panel ?? {};
  if (stay && typeof state !== "string") {
    add("panel.stay", "needs state in a folder of this machine: requests find the process there.");
  }
  if (signInBy && (signInBy.variable === undefined) === (signInBy.header === undefined)) {
    add("panel.signInBy", "needs exactly one of variable and header.");
  }
  if (signInBy?.header !== undefined && trustProxy !== true) {
    add("panel.signInBy.header", "needs panel.trustProxy: anybody could send a header.");
  }
  storageRules(state, "state", ["smb", "sftp"], add);
  oneSource(tries?.redis?.password, "tries.redis.password", add);
  const { watch } = config ?? {};
  if (watch && !state) add("watch", "needs state: what was told is kept there.");
  oneSource(watch?.webhook?.secret, "watch.webhook.secret", add);
  return found;
}

function storageRules(
  place: Config["xmail"]["mailRoot"],
  field: string,
  kinds: readonly string[],
  add: Add,
): void {
  if (typeof place !== "object" || place === null || Array.isArray(place)) return;
  if (Object.keys(place).filter((kind) => kinds.includes(kind)).length !== 1) {
    add(field, `needs exactly one of ${kinds.slice(0, -1).join(", ")} and ${kinds.at(-1)}.`);
  }
  oneSource(place.smb?.password, `${field}.smb.password`, add);
  if (isSection(place.sftp)) sftpRules(place.sftp, `${field}.sftp`, add);
}

function sftpRules(sftp: SftpConfig, field: string, add: Add): void {
  const { hostKey, knownHosts, password, privateKey, passphrase, agent } = sftp;
  if (hostKey === undefined && knownHosts === undefined) {
    add(
      `${field}.hostKey`,
      "is missing: without the server's key anybody in between would get the password. Give the SHA256:… that ssh-keygen -lf prints on the server, or knownHosts.",
    );
  }
  if (hostKey !== undefined && knownHosts !== undefined) {
    add(`${field}.knownHosts`, `cannot stand beside ${field}.hostKey.`);
  }
  if (password === undefined && privateKey === undefined && agent === undefined) {
    add(field, "needs one of password, privateKey and agent.");
  }
  if (passphrase !== undefined && privateKey === undefined) {
    add(`${field}.passphrase`, `needs ${field}.privateKey.`);
  }
  for (const [name, source] of Object.entries({ password, privateKey, passphrase })) {
    oneSource(source, `${field}.${name}`, add);
  }
}

function oneSource(source: SecretSource | undefined, field: string, add: Add): void {
  if (!source) return;
  const { file, env } = source;
  if ((file === undefined) === (env === undefined)) add(field, "needs exactly one of file and env.");
}

function isSection<T>(value: T | undefined): value is T {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
