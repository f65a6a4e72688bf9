import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Storage } from "../../src/storage/storage.ts";
import { samba, sshd } from "../peers.ts";
import { type DriverPlace, openPlace } from "./driver-place.ts";
import { startSshd } from "./sftp/server.ts";
import { startSamba } from "./smb/servers.ts";

/** A driver with its real server, ready to open folders. */
export interface RunningDriver {
  /** Port of the server; `null` where there is none. */
  readonly port: number | null;
  /** Makes an empty folder and says where it is, for this process or another, through `port` if given (a proxy's). */
  place(port?: number): DriverPlace;
  /** The same folder as it lies on this machine. */
  onDisk(place: DriverPlace): string;
  /** Ends whatever serves the clients, at once, and lets new ones come. */
  killServer(): Promise<void>;
  stop(): Promise<void>;
}

export interface Driver {
  readonly name: "local" | "smb" | "sftp, OpenSSH" | "sftp, bare";
  readonly peer: "samba" | "sshd" | null;
  /** The program it needs; `null` when this machine has none. */
  where(): string | null;
  start(): Promise<RunningDriver>;
}

export const DRIVERS: readonly Driver[] = [
  { name: "local", peer: null, where: () => "here", start: startLocal },
  { name: "smb", peer: "samba", where: samba, start: startSmb },
  { name: "sftp, OpenSSH", peer: "sshd", where: sshd, start: () => startSftp(true) },
  { name: "sftp, bare", peer: "sshd", where: sshd, start: () => startSftp(false) },
];

export async function openIn(running: RunningDriver, port?: number): Promise<Storage> {
  return openPlace(running.place(port));
}

async function startLocal(): Promise<RunningDriver> {
  const home = mkdtempSync(join(tmpdir(), "xmailcfg-local-"));
  let count = 0;
  return {
    port: null,
    place() {
      count += 1;
      const root = join(home, `root-${count}`);
      mkdirSync(root);
      return { kind: "local", root };
    },
    onDisk: (place) => place.root,
    killServer: async () => undefined,
    stop: async () => rmSync(home, { recursive: true, force: true }),
  };
}

async function startSmb(): Promise<RunningDriver> {
  const server = await startSamba("default");
  let count = 0;
  return {
    port: server.port,
    place(port = server.port) {
      count += 1;
      const root = `roots/${count}`;
      mkdirSync(join(server.folder, root), { recursive: true });
      const { share, user } = server;
      return { kind: "smb", root, port, share, user, password: server.password.reveal() };
    },
    onDisk: (place) => join(server.folder, place.root),
    async killServer() {
      await server.kill();
      await server.start();
    },
    stop: () => server.stop(),
  };
}

async function startSftp(extensions: boolean): Promise<RunningDriver> {
  const server = await startSshd({ extensions });
  return {
    port: server.port,
    place(port = server.port) {
      const root = mkdtempSync(join(server.folder, "root-"));
      const { user, hostKey, privateKey } = server;
      return { kind: "sftp", root, port, user, hostKey, privateKey };
    },
    onDisk: (place) => place.root,
    killServer: async () => server.endSessions(),
    stop: () => server.stop(),
  };
}
