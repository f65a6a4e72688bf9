import { describe, expect, test } from "vitest";
import { parseConfig } from "../../../src/config/parse.ts";
import { readSecret } from "../../../src/config/secrets.ts";
import { type AppError, isAppError } from "../../../src/errors/error.ts";

const ctrl = { host: "127.0.0.1", account: "admin", password: { env: "P" } };

function faultsOf(value: unknown): string[] {
  try {
    parseConfig(typeof value === "string" ? value : JSON.stringify(value));
    return [];
  } catch (error) {
    if (!isAppError(error)) throw error;
    expect(error.code).toBe("BAD_CONFIG");
    for (const { field } of error.fields) expect(error.message).toContain(field);
    return error.fields.map(({ field }) => field);
  }
}

describe("parseConfig", () => {
  test.each([
    [{ xmail: { ctrl } }],
    [{ xmail: { ctrl, mailRoot: "/var/MailRoot", reads: "files" }, state: "/s", panel: { port: 8080 } }],
    [{ xmail: { mailRoot: "/var/MailRoot", offline: true } }],
    [
      {
        xmail: { ctrl },
        panel: {
          serverName: "本社",
          allowedHosts: ["mail.example.com", "[2001:db8::1]"],
          bodyLimit: 4_194_304,
          sessionSeconds: 43_200,
        },
      },
    ],
  ])("takes %j", (config) => {
    expect(parseConfig(JSON.stringify(config))).toEqual(config);
  });

  test.each([
    [{}, ["xmail", "xmail.ctrl"]],
    [{ xmail: { ctrl: { ...ctrl, port: "6017" } } }, ["xmail.ctrl.port"]],
    [{ xmail: { ctrl: { ...ctrl, port: 0 } } }, ["xmail.ctrl.port"]],
    [{ xmail: { ctrl: { ...ctrl, host: "" } } }, ["xmail.ctrl.host"]],
    [{ xmail: { ctrl: { ...ctrl, passwd: "x" } } }, ["xmail.ctrl.passwd"]],
    [{ xmail: { ctrl: { ...ctrl, password: "clear" } } }, ["xmail.ctrl.password.", "xmail.ctrl.password"]],
    [{ xmail: { ctrl: { ...ctrl, password: {} } } }, ["xmail.ctrl.password"]],
    [{ xmail: { ctrl: { ...ctrl, tls: { mode: "none" } } } }, ["xmail.ctrl.tls.mode"]],
    [{ xmail: { mailRoot: "/m" } }, ["xmail.ctrl"]],
    [{ xmail: { ctrl, mailRoot: "/m", offline: true } }, ["xmail.offline"]],
    [{ xmail: { ctrl, reads: "files" } }, ["xmail.reads"]],
    [
      { xmail: { ctrl }, panel: { baseUrl: "mail.example.com", basePath: "mail/" } },
      ["panel.baseUrl", "panel.basePath"],
    ],
    [{ xmail: { ctrl }, panel: { sessionSeconds: 43_201 } }, ["panel.sessionSeconds"]],
    [{ xmail: { ctrl }, panel: { serverName: "", bodyLimit: 10 } }, ["panel.serverName", "panel.bodyLimit"]],
    [{ xmail: { ctrl }, panel: { allowedHosts: ["https://mail.example.com"] } }, ["panel.allowedHosts"]],
    [{ xmail: { ctrl }, panel: { allowedHosts: ["mail.example.com:8080"] } }, ["panel.allowedHosts"]],
  ])("refuses %j, naming %j", (config, fields) => {
    expect(faultsOf(config)).toEqual(fields);
  });

  test("says that the text is not JSON", () => {
    expect(() => parseConfig("{ xmail: ")).toThrow(/not JSON/);
  });
});

describe("readSecret", () => {
  const files: Record<string, string> = { "/ok": "s3cret\nsecond line\n", "/empty": "\n" };
  const surroundings = {
    env: { P: "from-env" },
    readFile: async (path: string) => files[path] ?? Promise.reject(new Error("ENOENT")),
  };

  test("reads the first line of a file, or the environment", async () => {
    expect((await readSecret({ file: "/ok" }, "f", surroundings)).reveal()).toBe("s3cret");
    expect((await readSecret({ env: "P" }, "f", surroundings)).reveal()).toBe("from-env");
  });

  test.each([[{ file: "/empty" }], [{ file: "/gone" }], [{ env: "MISSING" }]])(
    "%j is refused by name",
    async (source) => {
      await expect(readSecret(source, "xmail.ctrl.password", surroundings)).rejects.toSatisfy(
        (error: AppError) => error.code === "BAD_CONFIG" && error.message.includes("xmail.ctrl.password"),
      );
    },
  );
});
