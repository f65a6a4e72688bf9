import { Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { FILES } from "../../tab/files.ts";
import { pathOf } from "../../tab/table-file.ts";
import { fitting } from "../rows/fitting.ts";
import { rowOperations } from "../rows/row-operations.ts";
import { tableFiles } from "../rows/table-files.ts";

const RemoteHost = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: "^[A-Za-z0-9_][A-Za-z0-9_.:\\-]*$",
  description: "The server as the forwarding rule or the DNS names it; a parent domain covers its servers",
  "x-rule": "remote-host",
});

const method = Type.Union([Type.Literal("PLAIN"), Type.Literal("LOGIN"), Type.Literal("CRAM-MD5")]);
const user = Type.String({
  minLength: 1,
  maxLength: 255,
  pattern: "^[^\\u0000-\\u001f\\u007f]+$",
  description: "Name by which the other server knows us",
  "x-rule": "one-line",
});
const password = Type.String({
  minLength: 1,
  maxLength: 255,
  pattern: "^[^\\u0000-\\u001f\\u007f]+$",
  description: "As the other server gave it",
  writeOnly: true,
  "x-rule": "one-line",
});
const shown = { method, user };

/** `userauth/smtp/<host>.tab`: how XMail signs in to another server. Its first line decides; passwords are in clear text. */
export const clientLogin = rowOperations({
  noun: "clientLogin",
  one: "sign-in to another server",
  many: "sign-ins to another server",
  http: "/client-logins/{host}/entries",
  format: FILES.smtpClientAuth,
  key: { host: RemoteHost },
  fields: { method, user, password },
  secrets: ["password"],
  switchable: true,
  target: () => SERVER,
  place: (_, { host }) => pathOf(FILES.smtpClientAuth, { host }),
  read([name = "", who, secret]) {
    const values = fitting(shown, { method: name.toUpperCase(), user: who });
    return values && secret !== undefined ? { ...values, password: secret } : null;
  },
  write: ({ method: name, user: who, password: secret }, was) => [
    was?.[0]?.toUpperCase() === name ? was[0] : name,
    who,
    secret ?? was?.[2] ?? "",
    ...(was?.slice(3) ?? []),
  ],
});

/** The servers that XMail knows a sign-in for. */
export const clientLoginHost = tableFiles({
  noun: "clientLoginHost",
  one: "sign-ins to one server",
  many: "servers that XMail signs in to",
  http: "/client-logins",
  format: FILES.smtpClientAuth,
  name: "host",
  key: RemoteHost,
  folder: "userauth/smtp",
  nameOf: (file) => (file.endsWith(".tab") ? file.slice(0, -".tab".length) : null),
  place: (host) => pathOf(FILES.smtpClientAuth, { host }),
  target: () => SERVER,
});
