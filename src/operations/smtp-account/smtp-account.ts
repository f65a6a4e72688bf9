import { Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { FILES } from "../../tab/files.ts";
import { foldName } from "../../xmail/names.ts";
import { NewPassword } from "../fields.ts";
import { fitting } from "../rows/fitting.ts";
import { rowOperations } from "../rows/row-operations.ts";

const LETTERS = "MRVTZS";

const SmtpAccountName = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: "^[!#-\\[\\]-~]+$",
  description: "The name to sign in with; it need not be a mail account",
  "x-rule": "sign-in-name",
});

const SmtpPermissions = Type.Array(
  Type.Union([
    Type.Literal("M"),
    Type.Literal("R"),
    Type.Literal("V"),
    Type.Literal("T"),
    Type.Literal("Z"),
    Type.Literal("S"),
  ]),
  {
    maxItems: 6,
    description: "M send, R relay, V VRFY, T ETRN, Z ignore the size limit, S sign in with TLS only",
  },
);

const fields = { name: SmtpAccountName, password: NewPassword, permissions: SmtpPermissions };
const shown = { name: SmtpAccountName, permissions: SmtpPermissions };

/** `smtpauth.tab`: names that may send without being mail accounts. The passwords stand there in clear text. */
export const smtpAccount = rowOperations({
  noun: "smtpAccount",
  one: "sending account",
  many: "sending accounts",
  http: "/sending-accounts",
  format: FILES.smtpAccounts,
  key: {},
  fields,
  secrets: ["password"],
  switchable: true,
  target: () => SERVER,
  place: () => FILES.smtpAccounts.path,
  read([name, password, permissions]) {
    if (name === undefined || password === undefined || permissions === undefined) return null;
    const known = [...LETTERS].filter((letter) => permissions.includes(letter));
    return fitting(shown, { name, permissions: known }) && { name, password, permissions: known as never };
  },
  write({ name, password, permissions }, was) {
    const letters = [...LETTERS].filter((letter) => (permissions as readonly string[]).includes(letter));
    const before = was?.[2] ?? "";
    const unknown = [...before].filter((letter) => !LETTERS.includes(letter));
    const same = [...LETTERS].every((letter) => before.includes(letter) === letters.includes(letter));
    return [
      name,
      password ?? was?.[1] ?? "",
      same ? before : [...letters, ...unknown].join(""),
      ...(was?.slice(3) ?? []),
    ];
  },
  keyOf: ({ name }) => foldName(name),
});
