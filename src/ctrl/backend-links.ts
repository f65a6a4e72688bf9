import { encodePassword } from "../crypto/password-code.ts";
import { fail } from "../errors/error.ts";
import { splitRecord } from "../tab/lines.ts";
import type { CallOptions } from "../xmail/call-options.ts";
import type { ExternalAliasStore } from "../xmail/external-aliases.ts";
import { foldName, sameName } from "../xmail/names.ts";
import { isAccountLink, type PopLinkKey, type PopLinkStore } from "../xmail/pop-links.ts";
import { records } from "./answers.ts";
import { passwordArgument } from "./arguments.ts";
import { configFilesOver } from "./config-files.ts";
import { externalAliasesOver } from "./external-aliases.ts";
import type { CtrlLine } from "./line.ts";
import { pop3LinksOver } from "./pop3-links.ts";
import { textOf } from "./reply-parser.ts";
import { userlistCommand } from "./users.ts";

const LINKS = "pop3links.tab";

export function externalAliasStoreOver(line: CtrlLine): ExternalAliasStore {
  const aliases = externalAliasesOver(line);
  return {
    list: (options) => aliases.list({}, options),
    add: (row, options) => aliases.add(row, options),
    remove: (remote, options) => aliases.remove(remote, options),
  };
}

export function popLinkStoreOver(line: CtrlLine): PopLinkStore {
  const links = pop3LinksOver(line);
  return {
    async list(options) {
      const rows = [];
      for await (const { remoteHost, remoteUser, password: _, ...link } of links.list(undefined, options)) {
        rows.push({ ...link, host: remoteHost, remoteName: remoteUser });
      }
      return rows;
    },
    add: ({ host, remoteName, ...link }, options) =>
      links.add({ ...link, remoteHost: host, remoteUser: remoteName }, options),
    remove: (key, options) => links.remove(asCommand(key), options),
    async turn(key, on, options) {
      await links.enable(on, asCommand(key), options);
      // XMail passes over it in silence.
      if (isAccountLink(key) && !(await isAccount(line, key, options))) fail("ACCOUNT_NOT_FOUND");
    },
    /** Not removed and added: XMail would forget what it fetched, and fetch all of it again. */
    change: (key, { options: words, password }, options) =>
      configFilesOver(line).edit(
        LINKS,
        (bytes) => {
          const coded = password && encodePassword(passwordArgument(password).value);
          return changedLine(bytes, key, (was) => [coded ?? was, words.join(",")]);
        },
        options,
      ),
  };
}

function asCommand({ domain, name, host, remoteName }: PopLinkKey) {
  return { domain, name, remoteHost: host, remoteUser: remoteName };
}

async function isAccount(line: CtrlLine, { domain, name }: PopLinkKey, options?: CallOptions) {
  const rows = await records(line, userlistCommand({ domain, name }), 4, options);
  return rows.some(([of = "", user = ""]) => sameName(of, domain) && sameName(user, name));
}

/** The table with another password and other options in the line of one link. `POP_LINK_NOT_FOUND`. */
function changedLine(
  bytes: Uint8Array | null,
  key: PopLinkKey,
  change: (password: string) => readonly string[],
): Uint8Array {
  const wanted = foldName([key.domain, key.name, key.host, key.remoteName].join("\t"));
  const lines = Buffer.from(bytes ?? [])
    .toString("latin1")
    .split("\n");
  const at = lines.findIndex((text) => {
    const cells = splitRecord(text).map(textOf);
    return !text.startsWith("#") && cells.length >= 6 && foldName(cells.slice(0, 4).join("\t")) === wanted;
  });
  if (at === -1) return fail("POP_LINK_NOT_FOUND");
  const cells = splitRecord(lines[at] ?? "");
  const row = [...cells.slice(0, 4), ...change(cells[4] ?? ""), ...cells.slice(6)];
  const text = row.map((cell) => `"${cell.replaceAll('"', '\\"')}"`).join("\t");
  return Buffer.from(lines.with(at, text).join("\n"), "latin1");
}
