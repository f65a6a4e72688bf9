import { type Static, Type } from "../../kernel/schema.ts";
import { MASK } from "../../settings/masked-line.ts";
import type { Part } from "../../settings/server-values/parts.ts";
import { partedOf } from "../../settings/server-values/values.ts";
import { SERVER_VARIABLES, serverVariable } from "../../settings/server-variables/catalogue.ts";
import type { VariableLine } from "../../settings/variable-lines.ts";
import { isSecretVariable } from "../../xmail/secret-names.ts";
import { fields, orNull } from "../fields.ts";

const part = (description: string) => Type.Optional(Type.String({ maxLength: 480, description }));

/** One part of a value that is a list or a set of options; which fields it has, `fields` of the setting says. */
export const ValuePart = fields({
  host: part("Host name or address"),
  port: part("Port"),
  needTls: part("0 never, 1 when offered, 2 always"),
  outBind: part("Local address to send from"),
  zone: part("DNS zone of a block list"),
  code: part("What happens: 1, 0, -seconds; or the code of an SMTP reply"),
  protocol: part("udp or tcp"),
  number: part("Number of an attempt"),
  header: part("Name of a header"),
  mark: part("+: all addresses of the header"),
  method: part("AUTH method, like PLAIN"),
  mailAuth: part("1: only who signs in may send"),
  wantTls: part("1: only over TLS"),
  text: part("Text of an SMTP reply"),
});

export const ServerSetting = fields({
  name: Type.String(),
  group: Type.String({
    description: "identity, delivery, limits, smtp, pop3, tls, bounces, dns, or unknown",
  }),
  kind: Type.String({ description: "How the value is written" }),
  value: orNull(Type.String({ description: "null: not in the file; the default counts" })),
  standard: orNull(Type.String({ description: "What counts without it; null: no fixed value" })),
  unit: orNull(Type.String()),
  values: Type.Array(Type.String(), { description: "Values to choose from" }),
  counts: Type.String({ description: "session, message, sync: a running XMail takes a new value then" }),
  line: orNull(Type.Integer({ minimum: 1 })),
  repeated: Type.Array(Type.Integer({ minimum: 1 }), { description: "Further lines, which XMail ignores" }),
  parts: orNull(Type.Array(ValuePart, { description: "The value, taken apart; null: it is one text" })),
  fields: Type.Array(
    fields({ name: Type.String(), required: Type.Boolean(), values: Type.Array(Type.String()) }),
    {
      description: "Fields of a part",
    },
  ),
  single: Type.Boolean({ description: "The value always has one part" }),
});
export type ServerSetting = Static<typeof ServerSetting>;

/** Every variable of the catalogue, set or not, then what else stands in the file. */
export function settingsOf(lines: readonly VariableLine[]): ServerSetting[] {
  const at = new Map(lines.map((line) => [line.name, line]));
  const known = SERVER_VARIABLES.map(({ name }) => settingOf(name, at.get(name)));
  const names = new Set(SERVER_VARIABLES.map(({ name }) => name));
  return [
    ...known,
    ...lines.filter(({ name }) => !names.has(name)).map((line) => settingOf(line.name, line)),
  ];
}

function settingOf(name: string, found: VariableLine | undefined): ServerSetting {
  const variable = serverVariable(name);
  const parted = variable && partedOf(variable.kind);
  const value = found?.value ?? null;
  return {
    name,
    group: variable?.group ?? "unknown",
    kind: variable?.kind ?? "text",
    value: value !== null && !variable && isSecretVariable(name) ? MASK : value,
    standard: variable?.standard ?? null,
    unit: variable?.unit ?? null,
    values: [...(variable?.values ?? [])],
    counts: variable?.counts ?? "unknown",
    line: found?.line ?? null,
    repeated: [...(found?.repeated ?? [])],
    parts: parted && value !== null ? shownParts(parted.parse(value)) : null,
    fields: (parted?.fields ?? []).map((one) => ({
      name: one.name,
      required: one.required,
      values: [...(one.values ?? [])],
    })),
    single: parted?.single ?? false,
  };
}

function shownParts(parts: readonly Part[] | null): ServerSetting["parts"] {
  return parts === null ? null : parts.map((one) => ({ ...one }));
}
