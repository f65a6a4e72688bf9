import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { sshd } from "../../peers.ts";

export interface SshdOptions {
  /** Whether the server has OpenSSH's additions to SFTP, or only the bare protocol. */
  readonly extensions: boolean;
  /** Further lines of `sshd_config`; the first that names a thing counts, and these stand before ours. */
  readonly config?: readonly string[];
  /** Somebody else than the one who runs the tests: whose the folder is and who may sign in. For root only. */
  readonly user?: { readonly name: string; readonly uid: number; readonly gid: number };
}

export interface Sshd {
  readonly port: number;
  readonly user: string;
  /** Fingerprint of its ed25519 key, which clients prefer. */
  readonly hostKey: string;
  /** Its public keys as `ssh-keygen` writes them: type, base64, comment. */
  readonly hostKeys: readonly string[];
  /** Text of a key that may sign in. */
  readonly privateKey: string;
  /** Path of the same. */
  readonly keyFile: string;
  /** Empty; for the root of a storage. */
  readonly folder: string;
  /** What the server has said so far. */
  log(): string;
  /** Ends every session at once, as by SIGKILL on that machine; the server goes on. */
  endSessions(): void;
  /** Ends the server and every session at once. The folder stays. */
  kill(): Promise<void>;
  /** As `kill`, and removes what there was. */
  stop(): Promise<void>;
}

/** The requests of plain SFTP 3; what is not among them is neither done nor announced. */
const PLAIN =
  "open,close,read,write,lstat,fstat,setstat,fsetstat,opendir,readdir,remove,mkdir,rmdir,realpath,stat,rename,readlink,symlink";

/** A real OpenSSH server of its own on loopback, with its own keys and settings in a temporary folder. */
export async function startSshd({ extensions, config = [], user }: SshdOptions): Promise<Sshd> {
  const program = sshd();
  if (program === null) throw new Error("there is no sshd on this machine");
  const home = mkdtempSync(join(tmpdir(), "sshd-"));
  const at = (name: string) => join(home, name);
  const folder = at("files");
  // The server looks at files by the rights of the one who signs in.
  chmodSync(home, 0o755);
  mkdirSync(folder, { mode: 0o700 });
  if (user) chownSync(folder, user.uid, user.gid);
  // As root it insists on its empty folder, which the package makes only when the machine starts.
  if (process.getuid?.() === 0) mkdirSync("/run/sshd", { recursive: true, mode: 0o755 });
  for (const type of ["ed25519", "ecdsa"]) makeKey(at(`host_${type}`), type);
  makeKey(at("key"), "ed25519");
  writeFileSync(at("authorized_keys"), readFileSync(at("key.pub")), { mode: 0o644 });

  const lines = [
    ...config,
    "ListenAddress 127.0.0.1",
    `HostKey ${at("host_ed25519")}`,
    `HostKey ${at("host_ecdsa")}`,
    `AuthorizedKeysFile ${at("authorized_keys")}`,
    `PidFile none`,
    ...(config.some((line) => line.startsWith("Subsystem "))
      ? []
      : [`Subsystem sftp internal-sftp${extensions ? "" : ` -p ${PLAIN}`}`]),
    "AllowTcpForwarding no",
    "KbdInteractiveAuthentication no",
    "LogLevel VERBOSE",
    "MaxAuthTries 20",
    "MaxStartups 200",
    "PasswordAuthentication no",
    // A temporary folder may be everybody's.
    "StrictModes no",
    "UsePAM no",
  ];
  writeFileSync(at("sshd_config"), `${lines.join("\n")}\n`);
  // Since 9.8 it turns away whoever failed to sign in before; our tests fail on purpose.
  const patient = settingIsKnown(program, at("sshd_config"), "PerSourcePenalties=no");

  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const args = ["-D", "-e", "-f", at("sshd_config"), "-p", String(port), ...patient];
    const server = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"] });
    const said: string[] = [];
    server.stderr.setEncoding("utf8").on("data", (text: string) => said.push(text));
    const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
    const log = () => said.join("");
    const killer = endWithUs(server);
    const kill = async () => {
      endSessions(server);
      server.kill("SIGKILL");
      await ended;
      process.off("exit", killer);
    };
    if (await listens(log, ended)) {
      return {
        port,
        user: user?.name ?? userInfo().username,
        hostKey: fingerprint(at("host_ed25519.pub")),
        hostKeys: ["ed25519", "ecdsa"].map((type) => readFileSync(at(`host_${type}.pub`), "utf8").trim()),
        privateKey: readFileSync(at("key"), "utf8"),
        keyFile: at("key"),
        folder,
        log,
        endSessions: () => endSessions(server),
        kill,
        async stop() {
          await kill();
          rmSync(home, { recursive: true, force: true });
        },
      };
    }
    await kill();
    // Somebody else may have taken the port meanwhile.
    if (attempt < 5 && /Address already in use/.test(log())) continue;
    rmSync(home, { recursive: true, force: true });
    throw new Error(`sshd did not start: ${log()}`);
  }
}

/** A new key pair; `path` gets the private one. */
export function makeKey(path: string, type: string, passphrase = ""): void {
  execFileSync("ssh-keygen", ["-q", "-t", type, "-N", passphrase, "-C", "test", "-f", path]);
}

/** `SHA256:…` of a public key file. */
function fingerprint(path: string): string {
  const line = execFileSync("ssh-keygen", ["-l", "-f", path], { encoding: "utf8" });
  return line.split(" ")[1] ?? "";
}

function settingIsKnown(program: string, file: string, setting: string): string[] {
  try {
    execFileSync(program, ["-t", "-f", file, "-o", setting], { stdio: "ignore" });
    return ["-o", setting];
  } catch {
    return [];
  }
}

async function listens(log: () => string, ended: Promise<void>): Promise<boolean> {
  let over = false;
  void ended.then(() => (over = true));
  const end = Date.now() + 20_000;
  while (!over && Date.now() < end) {
    if (log().includes("Server listening on")) return true;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return false;
}

/** A test that dies leaves no server. */
function endWithUs(server: ChildProcess): () => void {
  const end = () => void server.kill("SIGKILL");
  process.on("exit", end);
  return end;
}

/** Each session is a process of its own below the server, with further ones below it. */
function endSessions(server: ChildProcess): void {
  const parents = new Map<number, number>();
  for (const line of execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).split("\n")) {
    const [pid = 0, parent = 0] = line.trim().split(/\s+/).map(Number);
    parents.set(pid, parent);
  }
  const below = (pid: number): number[] =>
    [...parents].filter(([, parent]) => parent === pid).flatMap(([child]) => [child, ...below(child)]);
  if (server.pid === undefined) return;
  for (const pid of below(server.pid)) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // ended meanwhile
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address && typeof address !== "string" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
