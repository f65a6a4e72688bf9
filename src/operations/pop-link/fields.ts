import { failField } from "../../errors/error.ts";
import { type Static, Type } from "../../kernel/schema.ts";
import { accountTarget, SERVER, type Target } from "../../kernel/target.ts";
import { isAccountLink, type PopLinkKey } from "../../xmail/pop-links.ts";
import { fields } from "../fields.ts";

const Cell = (description: string, maxLength: number) =>
  Type.String({
    minLength: 1,
    maxLength,
    // Not "." or "..", which no address of the web can hold.
    pattern:
      "^(?:[^.\\u0000-\\u0020\\u007f\\/\\\\]|\\.[^.\\u0000-\\u0020\\u007f\\/\\\\]|\\.\\.[^\\u0000-\\u0020\\u007f\\/\\\\])[^\\u0000-\\u0020\\u007f\\/\\\\]*$",
    description,
    "x-rule": "link-part",
  });

export const linkKey = {
  domain: Cell(
    "A domain of this server, or a rule: @domain delivers to that address, ?new,old1,old2 puts the domain new in place of others, &.suffix,domain puts a suffix to addresses",
    255,
  ),
  name: Cell("The account that gets the mail; for a rule any name", 64),
  host: Cell("Server to fetch from: host or host:port", 255),
  remoteName: Cell("Name of the mailbox there", 255),
};
export const LinkKey = fields(linkKey);

const Sign = Type.Union([Type.Literal("CLR"), Type.Literal("APOP"), Type.Literal("FAPOP")], {
  description: "How XMail signs in there: in clear, by APOP where offered, by APOP only",
});
const Tls = Type.Union(
  [Type.Literal("none"), Type.Literal("STLS"), Type.Literal("FSTLS"), Type.Literal("POP3S")],
  { description: "Encryption: none, where offered, or not at all without it, or from the start (POP3S)" },
);

export const linkOptions = {
  signIn: Sign,
  tls: Tls,
  leave: Type.Boolean({ description: "Leave the mail there, too" }),
  outBind: Type.Optional(
    Type.String({
      minLength: 2,
      maxLength: 60,
      pattern: "^[0-9A-Fa-f.:]+$",
      description: "Address of this server to fetch from",
      "x-rule": "out-bind",
    }),
  ),
};
const Options = fields(linkOptions);
type Options = Static<typeof Options>;

export const RemotePassword = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: "^[ -~]+$",
  description: "Password of the mailbox there",
  writeOnly: true,
  "x-rule": "link-password",
});

export const PopLinkRow = fields({
  domain: Type.String(),
  name: Type.String(),
  host: Type.String(),
  remoteName: Type.String(),
  ...linkOptions,
  unknown: Type.Array(Type.String(), { description: "Words that XMail leaves aside; they are kept" }),
  on: Type.Boolean(),
});

/** A link of one account is its matter; what delivers by a rule reaches any address. */
export function reachOf(key: PopLinkKey): Target {
  return isAccountLink(key) ? accountTarget(key) : SERVER;
}

/** As XMail reads them: of several words of a kind the last counts. */
export function optionsOf(words: readonly string[]) {
  const options = { signIn: "CLR", tls: "none", leave: false } as Options;
  const unknown: string[] = [];
  for (const word of words) {
    const [, leave] = /^Leave=([01])$/.exec(word) ?? [];
    const [, outBind] = /^OutBind=([0-9A-Fa-f.:]{2,60})$/.exec(word) ?? [];
    if (word === "CLR" || word === "APOP" || word === "FAPOP") options.signIn = word;
    else if (word === "STLS" || word === "FSTLS" || word === "POP3S") options.tls = word;
    else if (leave !== undefined) options.leave = leave === "1";
    else if (outBind !== undefined) options.outBind = outBind;
    else if (word !== "") unknown.push(word);
  }
  return { ...options, unknown };
}

export function wordsOf({ signIn, tls, leave, outBind }: Options, unknown: readonly string[] = []): string[] {
  return [
    signIn,
    ...(tls === "none" ? [] : [tls]),
    ...(leave ? ["Leave=1"] : []),
    ...(outBind === undefined ? [] : [`OutBind=${outBind}`]),
    ...unknown,
  ];
}

/** Refuses a rule that XMail could make nothing of. */
export function refuseOddRule({ domain }: PopLinkKey): void {
  const fits =
    !/^[@?&]/.test(domain) ||
    /^@[^@?&,\s]+$/.test(domain) ||
    /^\?[^@?&,\s]+(?:,[^@?&,\s]+)*$/.test(domain) ||
    /^&[^@?&,\s]+(?:,[^@?&,\s]+)*$/.test(domain);
  if (!fits)
    failField("domain", "link-rule", "domain: write a domain, @domain, ?new,old or &.suffix,domain.");
}
