import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run, TOP, treeCopy } from "./tree-copy.ts";

interface Cruise {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[];
  };
}

const PARTS = [".dependency-cruiser.mjs", "tsconfig.json", "package.json", "src", "adapters"];

/** One planted file per rule: the rule that must report it, where it lies, what it says. */
const FAULTS: readonly (readonly [rule: string, path: string, text: string])[] = [
  ["room-errors", "src/errors/planted.ts", 'import "../kernel/target.ts";'],
  ["room-xmail", "src/xmail/planted.ts", 'import "../kernel/target.ts";'],
  ["room-kernel", "src/kernel/planted.ts", 'import "../operations/table.ts";'],
  [
    "room-kernel",
    "src/kernel/planted-type.ts",
    'import type { Table } from "../tab/codec.ts"; export type T = Table;',
  ],
  ["room-operations", "src/operations/domain/planted.ts", 'import "../../storage/storage.ts";'],
  [
    "room-operations",
    "src/operations/planted-lazy.ts",
    'export const load = () => import("../tab/codec.ts");',
  ],
  ["room-settings", "src/settings/planted.ts", 'import "../tab/backend.ts";'],
  ["room-service", "src/service/planted.ts", 'import "../kernel/invoke.ts";'],
  ["room-changes", "src/changes/planted.ts", 'import "../storage/storage.ts";'],
  ["room-rehearsal", "src/rehearsal/planted.ts", 'import "../kernel/invoke.ts";'],
  ["room-crypto", "src/crypto/planted.ts", 'import "../xmail/names.ts";'],
  ["room-check", "src/check/planted.ts", 'import "../tab/codec.ts";'],
  ["room-ctrl", "src/ctrl/planted.ts", 'import "../tab/codec.ts";'],
  ["room-storage", "src/storage/planted.ts", 'import "../xmail/names.ts";'],
  ["room-tab", "src/tab/planted.ts", 'import "../storage/local.ts";'],
  ["room-tab", "src/tab/planted-kernel.ts", 'import "../kernel/invoke.ts";'],
  ["room-http", "src/http/planted.ts", 'import "../operations/table.ts";'],
  ["room-web", "src/web/planted.ts", 'import "../http/handler.ts";'],
  ["room-plugins", "src/plugins/planted.ts", 'import "../http/handler.ts";'],
  ["room-client", "src/client/planted.ts", 'import "../http/handler.ts";'],
  ["room-state", "src/state/planted.ts", 'import "../http/handler.ts";'],
  ["room-sign-in", "src/sign-in/planted.ts", 'import "../http/handler.ts";'],
  ["room-filter", "src/filter/planted.ts", 'import "../kernel/invoke.ts";'],
  ["room-log", "src/log/planted.ts", 'import "../kernel/invoke.ts";'],
  ["room-spool", "src/spool/planted.ts", 'import "../kernel/invoke.ts";'],
  ["room-mailbox", "src/mailbox/planted.ts", 'import "../kernel/invoke.ts";'],
  ["room-watch", "src/watch/planted.ts", 'import "../operations/table.ts";'],
  ["room-post", "src/post/planted.ts", 'import "../kernel/invoke.ts";'],
  ["room-config", "src/config/planted.ts", 'import "../storage/storage.ts";'],
  ["room-simulator", "src/simulator/planted.ts", 'import "../ctrl/wire.ts";'],
  ["room-testing", "src/testing/planted.ts", 'import "../ctrl/wire.ts";'],
  ["room-errors", "src/errors/planted-root.ts", 'import "../library.ts";'],
  ["known-room", "src/attic/planted.ts", 'import "../errors/error.ts";'],
  ["owner-typebox", "src/operations/planted-box.ts", 'import "typebox";'],
  ["owner-typebox", "src/http/planted-box.ts", 'import "typebox/schema";'],
  ["owner-node-forge", "src/simulator/planted-forge.ts", 'import "node-forge";'],
  ["owner-sanitize-html", "src/web/planted-html.ts", 'import "sanitize-html";'],
  ["owner-undici", "src/http/planted-undici.ts", 'import "undici";'],
  ["owner-redis", "src/state/planted-redis.ts", 'import "@redis/client";'],
  ["owner-ssh2", "src/storage/planted-ssh2.ts", 'import "ssh2";'],
  ["owner-postal-mime", "src/web/planted-mime.ts", 'import "postal-mime";'],
  ["owner-qrcode", "src/http/planted-qr.ts", 'import "qrcode";'],
  ["owner-otpauth", "src/state/planted-otp.ts", 'import "otpauth";'],
  ["owner-simplewebauthn", "src/web/planted-passkey.ts", 'import "@simplewebauthn/server";'],
  ["second-factor-late", "src/web/planted-early.ts", 'import "./qr-code.ts";'],
  ["owner-hono", "src/http/planted-hono.ts", 'import "hono/tiny";'],
  ["owner-node-fs", "src/tab/planted-fs.ts", 'import "node:fs";'],
  ["owner-node-fs", "src/storage/planted-fs.ts", 'import "node:fs/promises";'],
  ["owner-node-fs", "src/state/planted-fs.ts", 'import "fs";'],
  ["owner-node-net", "src/http/planted-net.ts", 'import "node:net";'],
  ["owner-node-net", "src/tab/planted-tls.ts", 'import "node:tls";'],
  ["owner-child-process", "src/crypto/planted-child.ts", 'import "node:child_process";'],
  ["driver-alone", "src/storage/memory-planted.ts", 'import "./local.ts";'],
  ["driver-late", "src/planted.ts", 'import "./storage/smb/smb.ts";'],
  ["driver-late", "src/planted-sftp.ts", 'export { sftp } from "./storage/sftp/sftp.ts";'],
  ["page-alone", "src/web/pages/planted.ts", 'import "./planted-too.ts";'],
  ["adapter-front-door", "adapters/lambda/planted.ts", 'import "../../src/http/handler.ts";'],
  ["adapter-front-door", "adapters/lambda/planted-next-door.ts", 'import "../express/express.ts";'],
  ["no-test-code", "src/http/planted-test.ts", 'import "../../test/planted.ts";'],
  ["declared", "src/testing/planted-vitest.ts", 'import "vitest";'],
  ["resolvable", "src/errors/planted-missing.ts", 'import "./not-there.ts";'],
  ["no-cycle", "src/errors/planted-a.ts", 'import type { B } from "./planted-b.ts"; export type A = B;'],
  ["no-orphan", "src/errors/planted-orphan.ts", "export const nobody = 1;"],
];

/** What faults need beside them to be a fault of one kind only. */
const BESIDE: readonly (readonly [path: string, text: string])[] = [
  ["src/errors/planted-b.ts", 'import type { A } from "./planted-a.ts"; export type B = A | 1;'],
  ["src/web/pages/planted-too.ts", 'import "../../errors/error.ts";'],
  ["test/planted.ts", "export const t = 1;"],
];

async function cruise(top: string): Promise<Cruise> {
  const args = ["--config", ".dependency-cruiser.mjs", "--output-type", "json", "src", "adapters"];
  const ended = await run("depcruise", args, top);
  if (!ended.stdout.startsWith("{")) throw new Error(ended.stdout + ended.stderr);
  return JSON.parse(ended.stdout) as Cruise;
}

function reports({ summary }: Cruise): string[] {
  return summary.violations.map(({ from, rule }) => `${rule.name}: ${from}`);
}

describe("import rules", () => {
  test("are kept, and every source file was looked at", async () => {
    const found = await cruise(TOP);
    expect(reports(found)).toEqual([]);
    const seen = new Set(found.modules.map(({ source }) => source));
    const files = ["src", "adapters"].flatMap((folder) =>
      readdirSync(join(TOP, folder), { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".ts"))
        .map((name) => `${folder}/${name}`),
    );
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter((file) => !seen.has(file))).toEqual([]);
  });

  describe("report a planted fault", () => {
    const copy = treeCopy(PARTS);
    let found: string[] = [];

    beforeAll(async () => {
      for (const [, path, text] of FAULTS) copy.plant(path, text);
      for (const [path, text] of BESIDE) copy.plant(path, text);
      found = reports(await cruise(copy.top));
    });
    afterAll(() => copy.remove());

    test.each(FAULTS)("%s in %s", (rule, path) => {
      expect(found).toContain(`${rule}: ${path}`);
    });
  });

  test("each have a planted fault", async () => {
    const config = (await import(pathToFileURL(join(TOP, ".dependency-cruiser.mjs")).href)) as {
      default: { forbidden: readonly { name: string }[] };
    };
    const names = config.default.forbidden.map(({ name }) => name);
    expect(names.filter((name) => !FAULTS.some(([rule]) => rule === name))).toEqual([]);
  });
});
