import { Secret } from "../errors/secret.ts";
import { change } from "./answers.ts";
import {
  domainArgument,
  folderName,
  LONGEST_DOMAIN,
  passwordArgument,
  storedRow,
  textArgument,
  userArgument,
} from "./arguments.ts";
import type { CtrlCallOptions, CtrlLine } from "./line.ts";
import { expectSuccess } from "./refusal.ts";
import { eachRow } from "./rows.ts";
import { type Command, encodeCommand, notSendable } from "./wire.ts";

const LINKS_BUFFER = 2048;
const RECORD_NOT_FOUND = 157;
const OPTION = /^(?:CLR|APOP|FAPOP|STLS|FSTLS|POP3S|Leave=[01]|OutBind=[0-9A-Fa-f.:]+)$/;

/** Which link: the account the mail is for, and where it is fetched. */
export interface Pop3LinkKey {
  /** A domain, or `@domain` (deliver to that address), or `?masq,d1,d2` (rewrite addresses). */
  readonly domain: string;
  readonly name: string;
  /** `host` or `host:port`. */
  readonly remoteHost: string;
  readonly remoteUser: string;
}

export interface NewPop3Link extends Pop3LinkKey {
  readonly password: Secret;
  /** `CLR`, `APOP`, `FAPOP`, `STLS`, `FSTLS`, `POP3S`, `Leave=1`, `OutBind=address`; case counts. */
  readonly options: readonly string[];
}

export interface Pop3Link extends NewPop3Link {
  /** Also false when the local account does not exist: such a link is never fetched. */
  readonly enabled: boolean;
}

export interface Pop3LinkFilter {
  readonly domain: string;
  readonly name?: string;
}

export interface Pop3Links {
  /** XMail checks nothing, not even that the account exists. `POP_LINK_EXISTS`. */
  add(link: NewPop3Link, options?: CtrlCallOptions): Promise<void>;
  /** `POP_LINK_NOT_FOUND`. */
  remove(key: Pop3LinkKey, options?: CtrlCallOptions): Promise<void>;
  /** Exact, without case; XMail knows no patterns here. */
  list(filter?: Pop3LinkFilter, options?: CtrlCallOptions): AsyncIterable<Pop3Link>;
  /** One link, or without the remote side all links of the account. `POP_LINK_NOT_FOUND`. */
  enable(
    enabled: boolean,
    key: Pop3LinkFilter & { readonly name: string } & Partial<Pop3LinkKey>,
    options?: CtrlCallOptions,
  ): Promise<void>;
}

export function pop3LinksOver(line: CtrlLine): Pop3Links {
  return {
    add: async (link, options) => change(line, poplnkaddCommand(link), options),
    async remove(key, options) {
      const command = encodeCommand("poplnkdel", [...localArguments(key), ...remoteArguments(key)]);
      const { status } = await line.ask(command, options);
      // Said when the local account is missing, but after the link was removed.
      if (!status.ok && status.code === RECORD_NOT_FOUND) return;
      expectSuccess(command, status);
    },
    list: (filter, options) => eachRow(line, () => poplnklistCommand(filter), 7, readLink, options),
    async enable(enabled, { domain, name, remoteHost, remoteUser }, options) {
      // XMail takes anything but a number for "off".
      const args = [textArgument("enabled", enabled ? "1" : "0"), ...localArguments({ domain, name })];
      if (remoteHost !== undefined) args.push(hostArgument(remoteHost));
      if (remoteUser !== undefined) {
        if (remoteHost === undefined) notSendable("remoteHost", "required", "remoteHost is missing.");
        args.push(folderName(userTextArgument(remoteUser)));
      }
      return change(line, encodeCommand("poplnkenable", args), options);
    },
  };
}

export function poplnklistCommand(filter?: Pop3LinkFilter): Command {
  if (filter === undefined) return encodeCommand("poplnklist");
  const name = filter.name === undefined ? [] : [userArgument(filter.name)];
  return encodeCommand("poplnklist", [domainArgument(filter.domain), ...name]);
}

export function readLink(values: readonly string[]): Pop3Link {
  const [domain = "", name = "", remoteHost = "", remoteUser = "", password = "", options = "", state] =
    values;
  return {
    domain,
    name,
    remoteHost,
    remoteUser,
    password: new Secret(password),
    options: options === "" ? [] : options.split(","),
    enabled: state === "ON",
  };
}

function poplnkaddCommand(link: NewPop3Link): Command {
  for (const option of link.options) {
    // XMail ignores a word it does not know: a misspelt STLS would mean clear text.
    if (!OPTION.test(option))
      notSendable("options", "pattern", "options holds a word that XMail does not know.");
  }
  const where = [...localArguments(link), ...remoteArguments(link)];
  const options = textArgument("options", link.options.join(","));
  const password = passwordArgument(link.password);
  storedRow(LINKS_BUFFER, [
    ...where,
    textArgument("password", "x".repeat(2 * password.value.length)),
    options,
  ]);
  return encodeCommand("poplnkadd", [...where, password, options]);
}

function localArguments({ domain, name }: Pick<Pop3LinkKey, "domain" | "name">) {
  return [folderName(domainArgument(domain)), folderName(userArgument(name))];
}

function remoteArguments({ remoteHost, remoteUser }: Pop3LinkKey) {
  return [hostArgument(remoteHost), folderName(userTextArgument(remoteUser))];
}

/** Host and user become the name of a file that marks the link as off. */
function hostArgument(remoteHost: string) {
  return folderName(domainArgument(remoteHost, "remoteHost"));
}

function userTextArgument(remoteUser: string) {
  if (remoteUser === "") notSendable("remoteUser", "required", "remoteUser is empty.");
  if (remoteUser.length > LONGEST_DOMAIN) {
    notSendable(
      "remoteUser",
      "maxLength",
      `remoteUser may have at most ${LONGEST_DOMAIN} characters.`,
      LONGEST_DOMAIN,
    );
  }
  return textArgument("remoteUser", remoteUser);
}
