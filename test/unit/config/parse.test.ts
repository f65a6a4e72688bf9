import { describe, expect, test } from "vitest";
import { parseConfig } from "../../../src/config/parse.ts";
import { readSecret } from "../../../src/config/secrets.ts";
import { type AppError, isAppError } from "../../../src/errors/error.ts";
import { DIALECTS } from "../../../src/storage/smb/options.ts";

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

const password = { env: "P" };
const smb = { host: "files", share: "MailRoot", user: "xmailcfg", password };
const sftp = {
  host: "mail.example.com",
  user: "xmailcfg",
  root: "/var/MailRoot",
  hostKey: "SHA256:x",
  password,
};

describe("storages", () => {
  test.each([
    [{ smb }],
    [{ smb: { ...smb, port: 4450, root: "var/MailRoot", domain: "OFFICE", minDialect: "3.0" } }],
    [{ smb: { ...smb, requireSigning: false, requireEncryption: true, timeoutMs: 5000 } }],
    [{ sftp }],
    [{ sftp: { ...sftp, hostKey: ["SHA256:x", "mail.example.com ssh-ed25519 AAAA"] } }],
    [{ sftp: { ...sftp, hostKey: undefined, knownHosts: "/etc/ssh/ssh_known_hosts" } }],
    [{ sftp: { ...sftp, password: undefined, privateKey: { file: "/k" }, passphrase: password } }],
    [{ sftp: { ...sftp, password: undefined, agent: "pageant" } }],
    ["\\\\files\\MailRoot"],
  ])("takes %j for the MailRoot and for state", (place) => {
    const config = JSON.parse(JSON.stringify({ xmail: { ctrl, mailRoot: place }, state: place }));
    expect(parseConfig(JSON.stringify(config))).toEqual(config);
  });

  test("takes the control port for the MailRoot", () => {
    const config = { xmail: { ctrl, mailRoot: { ctrl: true } } };
    expect(parseConfig(JSON.stringify(config))).toEqual(config);
  });

  test.each([
    [{}, [""]],
    [{ smb, sftp }, [""]],
    [{ nfs: {} }, [".nfs", ""]],
    [{ smb: { ...smb, host: "" } }, [".smb.host"]],
    [{ smb: { ...smb, share: "a/b" } }, [".smb.share"]],
    [{ smb: { ...smb, share: undefined } }, [".smb.share"]],
    [{ smb: { ...smb, root: "/var" } }, [".smb.root"]],
    [{ smb: { ...smb, user: undefined } }, [".smb.user"]],
    [{ smb: { ...smb, port: 0 } }, [".smb.port"]],
    [{ smb: { ...smb, password: undefined } }, [".smb.password"]],
    [{ smb: { ...smb, password: {} } }, [".smb.password"]],
    [{ smb: { ...smb, password: { env: "A", file: "/b" } } }, [".smb.password"]],
    [{ smb: { ...smb, minDialect: "1.0" } }, [".smb.minDialect"]],
    [{ smb: { ...smb, requireSigning: "no" } }, [".smb.requireSigning"]],
    [{ smb: { ...smb, passwd: "x" } }, [".smb.passwd"]],
    [{ smb: { ...smb, timeoutMs: 1 } }, [".smb.timeoutMs"]],
    [{ smb: 7 }, [".smb."]],
    [{ sftp: "host" }, [".sftp."]],
    [{ sftp: { ...sftp, root: "var" } }, [".sftp.root"]],
    [{ sftp: { ...sftp, hostKey: undefined } }, [".sftp.hostKey"]],
    [{ sftp: { ...sftp, hostKey: [] } }, [".sftp.hostKey"]],
    [{ sftp: { ...sftp, knownHosts: "/k" } }, [".sftp.knownHosts"]],
    [{ sftp: { ...sftp, password: undefined } }, [".sftp"]],
    [{ sftp: { ...sftp, passphrase: password } }, [".sftp.passphrase"]],
    [{ sftp: { ...sftp, privateKey: {} } }, [".sftp.privateKey"]],
    [{ sftp: { ...sftp, privateKey: { file: "/k" }, passphrase: {} } }, [".sftp.passphrase"]],
    [7, [""]],
    [null, [""]],
    ["", [""]],
  ])("refuses %j, naming %j below the field", (place, fields) => {
    const given = faultsOf({ xmail: { ctrl, mailRoot: place } });
    expect(given).toEqual(fields.map((field) => `xmail.mailRoot${field}`));
    expect(faultsOf({ xmail: { ctrl }, state: place })).toEqual(fields.map((field) => `state${field}`));
  });

  test("refuses the control port where it cannot be", () => {
    expect(faultsOf({ xmail: { ctrl }, state: { ctrl: true } })).toEqual(["state.ctrl", "state"]);
    expect(faultsOf({ xmail: { ctrl, mailRoot: { ctrl: false } } })).toEqual(["xmail.mailRoot.ctrl"]);
    expect(faultsOf({ xmail: { mailRoot: { ctrl: true }, offline: true } })).toEqual(["xmail.mailRoot.ctrl"]);
  });

  test("says in words what a field must be", () => {
    const config = { xmail: { ctrl, mailRoot: 7 }, state: { smb: { ...smb, root: "\\var" }, more: 1 } };
    let message = "";
    try {
      parseConfig(JSON.stringify(config));
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toContain("xmail.mailRoot must be a path, or an object with smb, sftp or ctrl.");
    expect(message).toContain("state.smb.root must be a folder of the share, its parts joined by /");
    expect(message).toContain("state.more is not a field of the configuration.");
  });

  test("knows the dialects that the driver knows", () => {
    for (const minDialect of DIALECTS) {
      expect(faultsOf({ xmail: { ctrl, mailRoot: { smb: { ...smb, minDialect } } } })).toEqual([]);
    }
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

  test("reads all of a key", async () => {
    const key = await readSecret({ file: "/ok" }, "f", surroundings, "text");
    expect(key.reveal()).toBe("s3cret\nsecond line\n");
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

describe("tries in Redis", () => {
  const withRedis = (redis: object) =>
    JSON.stringify({ xmail: { mailRoot: "/m", offline: true }, tries: { redis } });

  test("takes a server with user, password and TLS", () => {
    const redis = {
      host: "redis.example.com",
      user: "xmailcfg",
      password: { env: "REDIS" },
      tls: { ca: "/ca.pem" },
    };
    expect(parseConfig(withRedis(redis)).tries?.redis).toEqual(redis);
  });

  test.each([
    [{}, "tries.redis.host"],
    [{ host: "redis", password: "in-the-open" }, "tries.redis.password"],
    [{ host: "redis", password: {} }, "tries.redis.password"],
    [{ host: "redis", password: { env: "A", file: "/b" } }, "tries.redis.password"],
    [{ host: "redis", port: 0 }, "tries.redis.port"],
    [{ host: "redis", tls: true }, "tries.redis.tls"],
    [{ host: "redis", url: "redis://" }, "tries.redis.url"],
  ])("refuses %j at %s", (redis, field) => {
    expect(() => parseConfig(withRedis(redis))).toThrow(field);
  });
});
