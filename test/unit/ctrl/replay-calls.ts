import type { CtrlClient } from "../../../src/ctrl/client.ts";
import type { CommandWord } from "../../../src/ctrl/commands.ts";
import type { FrozenMessage } from "../../../src/ctrl/queue.ts";
import { Secret } from "../../../src/errors/secret.ts";

/** A recorded command as a call of this client, and what the recorded lines mean for it. */
export interface Call {
  run(): Promise<unknown>;
  /** Of the lines of the answer, unstuffed, as text; without it the call gives nothing. */
  meant?(lines: readonly string[]): unknown;
  /** Numbers that are an answer and no error: `userauth` says false by one. */
  readonly instead?: Readonly<Record<number, unknown>>;
}

export interface Stage {
  readonly client: CtrlClient;
  /** Messages of the last `frozlist`. */
  frozen: readonly FrozenMessage[];
}

type Maker = (stage: Stage, args: readonly string[], upload: Buffer | null) => Call | null;

const only = (value: string) => (/[*?[\]\\]/.test(value) ? { pattern: value } : value);
const split = (line: string) => line.slice(1, -1).split('"\t"');
const rowsOf = (lines: readonly string[], ...names: readonly string[]) =>
  lines.map((line) =>
    Object.fromEntries(split(line).map((value, index) => [names[index] ?? `more${index}`, value])),
  );
const fileOf = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join("");

async function collect<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

async function textOf(file: Promise<{ bytes: Uint8Array } | null>): Promise<string | null> {
  const content = await file;
  return content === null ? null : Buffer.from(content.bytes).toString("utf8");
}

const UNVERIFIED = { verify: false, staleIndex: true, fileChecked: true } as const;
const given = (args: readonly string[], ...counts: readonly number[]) => counts.includes(args.length);
const at = (args: readonly string[], index: number) => args[index] ?? "";
const ref = (args: readonly string[]) => ({ domain: at(args, 0), name: at(args, 1) });

/** `null`: this client has no way to say that (wrong number of arguments, letters it never sends). */
export const CALLS: Readonly<Record<CommandWord, Maker>> = {
  useradd({ client }, args) {
    const type = at(args, 3);
    if (!given(args, 4) || (type !== "U" && type !== "M")) return null;
    const kind = type === "M" ? "list" : "user";
    return { run: () => client.users.add({ ...ref(args), password: new Secret(at(args, 2)), kind }) };
  },
  userdel: ({ client }, args) => (given(args, 2) ? { run: () => client.users.remove(ref(args)) } : null),
  userpasswd: ({ client }, args) =>
    given(args, 3) ? { run: () => client.users.setPassword(ref(args), new Secret(at(args, 2))) } : null,
  userlist({ client }, args) {
    if (!given(args, 0, 1, 2)) return null;
    const [domain, name] = args;
    const filter = {
      ...(domain === undefined ? {} : { domain: only(domain) }),
      ...(name === undefined ? {} : { name: only(name) }),
    };
    return {
      run: async () =>
        (await collect(client.users.list(filter))).map((row) => ({
          ...row,
          password: row.password.reveal(),
        })),
      meant: (lines) =>
        lines.map(split).map(([domain, name, password, type]) => ({
          domain,
          name,
          password,
          kind: type === "M" ? "list" : "user",
        })),
    };
  },
  userauth: ({ client }, args) =>
    given(args, 3)
      ? {
          run: () => client.users.checkPassword(ref(args), new Secret(at(args, 2))),
          meant: () => true,
          instead: { 24: false },
        }
      : null,
  userstat: ({ client }, args) =>
    given(args, 2)
      ? {
          run: () => client.users.stat(ref(args)),
          meant(lines) {
            const [realAddress, size, messages, date = "", address = ""] = lines.map(
              (line) => split(line)[1],
            );
            const lastLogin = address === "0.0.0.0" ? null : { at: new Date(date), address };
            return { realAddress, bytes: Number(size), messages: Number(messages), lastLogin };
          },
        }
      : null,
  uservars: ({ client }, args) =>
    given(args, 2)
      ? {
          run: () => client.users.variables(ref(args)),
          meant: (lines) => new Map(lines.map(split).map(([name = "", value = ""]) => [name, value])),
        }
      : null,
  uservarsset({ client }, args) {
    const pairs = args.slice(2);
    if (pairs.length === 0 || pairs.length % 2 === 1) return null;
    const changes = new Map<string, string | null>();
    for (let index = 0; index < pairs.length; index += 2) {
      const value = at(pairs, index + 1);
      changes.set(at(pairs, index), value === ".|rm" ? null : value);
    }
    return { run: () => client.users.setVariables(ref(args), changes) };
  },
  usergetmproc({ client }, args) {
    const level = { "": "both", U: "user", D: "domain" }[at(args, 2)] as
      | "both"
      | "user"
      | "domain"
      | undefined;
    if (!given(args, 2, 3) || level === undefined) return null;
    return {
      run: () => textOf(client.users.mailproc(ref(args), level)),
      meant: fileOf,
      instead: { 116: null },
    };
  },
  usersetmproc({ client }, args, upload) {
    const level = args.length === 2 ? "user" : at(args, 2) === "D" ? "domain" : null;
    if (!given(args, 2, 3) || level === null || upload === null) return null;
    if (upload.length === 0) return { run: () => client.users.removeMailproc(ref(args), level) };
    return { run: () => client.users.setMailproc(ref(args), level, upload, UNVERIFIED) };
  },
  aliasadd: ({ client }, args) =>
    given(args, 3)
      ? { run: () => client.aliases.add({ domain: at(args, 0), alias: at(args, 1), target: at(args, 2) }) }
      : null,
  aliasdel: ({ client }, args) =>
    given(args, 2) ? { run: () => client.aliases.remove(at(args, 0), at(args, 1)) } : null,
  aliaslist({ client }, args) {
    if (!given(args, 0, 1, 2, 3)) return null;
    const [domain, alias, target] = args;
    const filter = {
      ...(domain === undefined ? {} : { domain: only(domain) }),
      ...(alias === undefined ? {} : { alias: only(alias) }),
      ...(target === undefined ? {} : { target: only(target) }),
    };
    return {
      run: () => collect(client.aliases.list(filter)),
      meant: (lines) => rowsOf(lines, "domain", "alias", "target"),
    };
  },
  exaliasadd: ({ client }, args) =>
    given(args, 2)
      ? { run: () => client.externalAliases.add({ local: at(args, 0), remote: at(args, 1) }) }
      : null,
  exaliasdel: ({ client }, args) =>
    given(args, 1) ? { run: () => client.externalAliases.remove(at(args, 0)) } : null,
  exaliaslist({ client }, args) {
    if (!given(args, 0, 1, 2)) return null;
    const [local, remote] = args;
    const filter = {
      ...(local === undefined ? {} : { local: { pattern: local } }),
      ...(remote === undefined ? {} : { remote: { pattern: remote } }),
    };
    return {
      run: () => client.externalAliases.list(filter),
      meant: (lines) =>
        lines.map(split).map(([rd, ru, ld, lu]) => ({ local: `${lu}@${ld}`, remote: `${ru}@${rd}` })),
    };
  },
  mluseradd: ({ client }, args) =>
    given(args, 3, 4)
      ? { run: () => client.mailingLists.addMember(ref(args), at(args, 2), args[3], UNVERIFIED) }
      : null,
  mluserdel: ({ client }, args) =>
    given(args, 3)
      ? { run: () => client.mailingLists.removeMember(ref(args), at(args, 2), UNVERIFIED) }
      : null,
  mluserlist: ({ client }, args) =>
    given(args, 2)
      ? {
          run: () => collect(client.mailingLists.members(ref(args))),
          meant: (lines) => rowsOf(lines, "address", "permissions"),
        }
      : null,
  domainadd: ({ client }, args) => (given(args, 1) ? { run: () => client.domains.add(at(args, 0)) } : null),
  domaindel: ({ client }, args) =>
    given(args, 1) ? { run: () => client.domains.remove(at(args, 0)) } : null,
  domainlist: ({ client }, args) => ({
    run: () => client.domains.list(args.map(only)),
    meant: (lines) => lines.map((line) => line.slice(1, -1)),
  }),
  aliasdomainadd: ({ client }, args) =>
    given(args, 2) ? { run: () => client.aliasDomains.add({ real: at(args, 0), alias: at(args, 1) }) } : null,
  aliasdomaindel: ({ client }, args) =>
    given(args, 1) ? { run: () => client.aliasDomains.remove(at(args, 0)) } : null,
  aliasdomainlist({ client }, args) {
    const [real] = args;
    if (!given(args, 0, 1)) return null;
    return {
      run: () => client.aliasDomains.list(real === undefined ? undefined : only(real)),
      meant: (lines) => rowsOf(lines, "real", "alias"),
    };
  },
  custdomget: ({ client }, args) =>
    given(args, 1)
      ? {
          run: () => textOf(client.customDomains.effective(at(args, 0))),
          meant: fileOf,
          instead: { 120: null },
        }
      : null,
  custdomset({ client }, args, upload) {
    // Of these XMail refuses the first kind and the client uses another command for both.
    if (!given(args, 1) || /^(\.|$)/.test(at(args, 0)) || upload === null) return null;
    if (upload.length === 0) return { run: () => client.customDomains.remove(at(args, 0)) };
    return { run: () => client.customDomains.set(at(args, 0), upload, UNVERIFIED) };
  },
  custdomlist: ({ client }, args) =>
    given(args, 0)
      ? { run: () => client.customDomains.list(), meant: (lines) => lines.map((line) => line.slice(1, -1)) }
      : null,
  poplnkadd({ client }, args) {
    if (!given(args, 6)) return null;
    const key = { ...ref(args), remoteHost: at(args, 2), remoteUser: at(args, 3) };
    const options = at(args, 5) === "" ? [] : at(args, 5).split(",");
    return { run: () => client.pop3Links.add({ ...key, password: new Secret(at(args, 4)), options }) };
  },
  poplnkdel: ({ client }, args) =>
    given(args, 4)
      ? {
          run: () =>
            client.pop3Links.remove({ ...ref(args), remoteHost: at(args, 2), remoteUser: at(args, 3) }),
          instead: { 157: undefined },
        }
      : null,
  poplnklist({ client }, args) {
    if (!given(args, 0, 1, 2)) return null;
    const [domain, name] = args;
    const filter = domain === undefined ? undefined : { domain, ...(name === undefined ? {} : { name }) };
    return {
      run: async () =>
        (await collect(client.pop3Links.list(filter))).map((row) => ({
          ...row,
          password: row.password.reveal(),
          options: row.options.join(","),
          enabled: row.enabled ? "ON" : "OFF",
        })),
      meant: (lines) =>
        rowsOf(lines, "domain", "name", "remoteHost", "remoteUser", "password", "options", "enabled"),
    };
  },
  poplnkenable({ client }, args) {
    const [on, domain = "", name = "", remoteHost, remoteUser] = args;
    if (!given(args, 3, 4, 5) || (on !== "0" && on !== "1")) return null;
    const remote = {
      ...(remoteHost === undefined ? {} : { remoteHost }),
      ...(remoteUser === undefined ? {} : { remoteUser }),
    };
    return { run: () => client.pop3Links.enable(on === "1", { domain, name, ...remote }) };
  },
  filelist({ client }, args) {
    // The client says "." for the top folder.
    if (!given(args, 2) || at(args, 0) === "") return null;
    return {
      run: () => client.files.list(at(args, 0), only(at(args, 1))),
      meant: (lines) => lines.map(split).map(([name, size]) => ({ name, size: Number(size) })),
    };
  },
  cfgfileget: ({ client }, args) =>
    given(args, 1) ? { run: () => textOf(client.files.read(at(args, 0))), meant: fileOf } : null,
  cfgfileset({ client }, args, upload) {
    if (!given(args, 1) || upload === null) return null;
    if (at(args, 0) === ".shutdown") return { run: () => client.session.shutDownServer() };
    if (at(args, 0) === ".psync-trigger") return { run: () => client.session.fetchPop3Links() };
    if (upload.length === 0) return { run: () => client.files.remove(at(args, 0), UNVERIFIED) };
    return { run: () => client.files.write(at(args, 0), upload, UNVERIFIED) };
  },
  frozlist(stage, args) {
    if (!given(args, 0)) return null;
    return {
      async run() {
        stage.frozen = await collect(stage.client.queue.frozen());
        return stage.frozen;
      },
      meant: (lines) =>
        lines.map(split).map(([name, level1, level2, from, to, lastTry, size, tries]) => ({
          name,
          level1: Number(level1),
          level2: Number(level2),
          from,
          to,
          lastTry,
          size: Number(size),
          tries: Number(tries),
        })),
    };
  },
  frozsubmit: aboutFrozen(({ client }, message) => ({ run: () => client.queue.submit(message) })),
  frozdel: aboutFrozen(({ client }, message) => ({ run: () => client.queue.remove(message) })),
  frozgetlog: aboutFrozen(({ client }, message) => ({
    run: () => textOf(client.queue.log(message)),
    meant: fileOf,
  })),
  frozgetmsg: aboutFrozen(({ client }, message) => ({
    run: () => textOf(client.queue.message(message)),
    meant: fileOf,
  })),
  etrn: ({ client }, args) => (args.length > 0 ? { run: () => client.queue.flush(args) } : null),
  noop: ({ client }, args) => (given(args, 0) ? { run: () => client.session.noop() } : null),
  quit: ({ client }, args) => (given(args, 0) ? { run: () => client.close() } : null),
};

/** Only a message from a list can be named, so only those that were on one can be played. */
function aboutFrozen(call: (stage: Stage, message: FrozenMessage) => Call): Maker {
  return (stage, args) => {
    const [level1, level2, name] = args;
    const message = stage.frozen.find(
      (one) => one.name === name && String(one.level1) === level1 && String(one.level2) === level2,
    );
    return given(args, 3) && message !== undefined ? call(stage, message) : null;
  };
}
