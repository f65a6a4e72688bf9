import { Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { FILES } from "../../tab/files.ts";
import { foldName } from "../../xmail/names.ts";
import { DestinationPattern } from "../forward/destination-pattern.ts";
import { fitting } from "../rows/fitting.ts";
import { rowOperations } from "../rows/row-operations.ts";

const Relay = Type.String({
  minLength: 1,
  maxLength: 255,
  pattern: "^[^\\u0000-\\u0020\\u007f,:@]+$",
  description: "Name of a mail server the mail passes through",
  "x-rule": "relay-host",
});

const fields = {
  pattern: DestinationPattern,
  relays: Type.Array(Relay, {
    minItems: 1,
    maxItems: 20,
    description: "Mail servers, the first one first",
    "x-rule": "relay-host",
  }),
};

/** `smtpgw.tab`: mail to these domains carries a source route, `@relay1,@relay2:user@domain`. */
export const sourceRoute = rowOperations({
  noun: "sourceRoute",
  one: "source route",
  many: "source routes",
  http: "/source-routes",
  format: FILES.sourceRoutes,
  key: {},
  fields,
  secrets: [],
  switchable: true,
  target: () => SERVER,
  place: () => FILES.sourceRoutes.path,
  read([pattern, route]) {
    const hosts = route?.split(",") ?? [];
    if (!hosts.every((host) => host.startsWith("@"))) return null;
    return fitting(fields, { pattern, relays: hosts.map((host) => host.slice(1)) });
  },
  write: ({ pattern, relays }, was) => [
    pattern,
    relays.map((host) => `@${host}`).join(","),
    ...(was?.slice(2) ?? []),
  ],
  keyOf: ({ pattern }) => foldName(pattern),
});
