import { RIGHTS } from "../../kernel/people.ts";
import { Type } from "../../kernel/schema.ts";
import { ExistingDomain, oneOf, orNull } from "../fields.ts";
import { addressOrNone, oneLine, plainText } from "../people/fields.ts";

/** The fields of a delegation (features 4.2). Set is what is given; `null` is no limit, an empty text nothing. */
const limitFields = {
  mostDomains: most("Domains"),
  mostAccounts: most("Accounts of all his domains together"),
  mostLists: most("Mailing lists"),
  mostListMembers: most("Members of all lists together"),
  mostAliases: most("Aliases"),
  mostMailboxKilobytes: most("Size of each mailbox, in kB"),
};

export const delegationFields = {
  domains: Type.Optional(
    Type.Array(ExistingDomain, { maxItems: 1000, description: "Domains of this server, one by one" }),
  ),
  ...limitFields,
  rights: Type.Optional(
    Type.Array(oneOf(RIGHTS), {
      maxItems: RIGHTS.length,
      description: "What may be done in the domains besides accounts, lists and aliases",
    }),
  ),
  postmaster: Type.Optional(addressOrNone("Sender of the mails that the site of the delegation sends")),
  masterEmail: Type.Optional(addressOrNone("Whom the delegated administrator asks by mail")),
  masterPhone: Type.Optional(oneLine(50, "Whom the delegated administrator calls")),
  popServer: Type.Optional(hostAndPort("POP3 server that users are told")),
  smtpServer: Type.Optional(hostAndPort("SMTP server that users are told")),
  doorSlug: Type.Optional(
    Type.String({
      maxLength: 40,
      pattern: "^(?:[a-z0-9](?:[a-z0-9\\-]{1,38}[a-z0-9]))?$",
      description: "Last part of the address of the sign-in page, like sato-office; empty for the common one",
      "x-rule": "door-slug",
    }),
  ),
  doorHost: Type.Optional(
    Type.String({
      maxLength: 253,
      pattern: "^(?:[a-z0-9](?:[a-z0-9\\-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9\\-]*[a-z0-9])?)+)?$",
      description: "Host name of the sign-in page, like post.example.com; empty for the panel's",
      "x-rule": "door-host",
    }),
  ),
  doorTitle: Type.Optional(oneLine(100, "Title of the sign-in page")),
  doorText: Type.Optional(plainText(1000, "Text of the sign-in page")),
  doorLogo: Type.Optional(
    Type.String({
      maxLength: 140_000,
      pattern: "^(?:data:image/(?:png|jpeg|webp|gif);base64,[A-Za-z0-9+\\/]+={0,2})?$",
      description: "Picture as a data: URL of PNG, JPEG, WebP or GIF, 100 kB at most; empty for none",
      "x-rule": "picture",
      "x-text": true,
    }),
  ),
  doorColour: Type.Optional(
    Type.String({
      maxLength: 7,
      pattern: "^(?:#[0-9a-fA-F]{6})?$",
      description: "Colour like #336699; empty for the panel's",
      "x-rule": "colour",
    }),
  ),
};

function most(description: string) {
  return Type.Optional(
    orNull(Type.Integer({ minimum: 0, maximum: 1_000_000_000, description: `${description}, at most` })),
  );
}

function hostAndPort(description: string) {
  return Type.String({
    maxLength: 260,
    pattern: "^(?:(?:[A-Za-z0-9.\\-]+|\\[[0-9A-Fa-f:.]+\\])(?::\\d{1,5})?)?$",
    description: `${description}, like pop.example.com:110`,
    "x-rule": "host-port",
  });
}
