import { isAppError } from "../../src/errors/error.ts";
import type { Call } from "../../src/kernel/context.ts";
import { invokeAny } from "../../src/kernel/invoke.ts";
import type { AnyOperation } from "../../src/kernel/operation.ts";
import { rehearseAny } from "../../src/kernel/rehearse.ts";
import { problemsOf } from "../../src/kernel/schema.ts";

/** Just enough of JSON Schema for the inputs of the table. */
export interface Json {
  readonly type?: string;
  readonly const?: unknown;
  readonly anyOf?: readonly Json[];
  readonly items?: Json;
  readonly properties?: Readonly<Record<string, Json>>;
  readonly required?: readonly string[];
  readonly minimum?: number;
  readonly writeOnly?: boolean;
  readonly "x-rule"?: string;
  readonly "x-text"?: boolean;
}

export type Input = Record<string, unknown>;

/** What fits a rule, and another for where the first is there already. */
const BY_RULE: Readonly<Record<string, string | readonly [string, string]>> = {
  "existing-domain": ["example.com", "example.org"],
  "domain-name": "fresh.example",
  "existing-account": ["hana", "ken"],
  "account-name": "fresh",
  "new-password": "Long-enough-1",
  "link-password": "Long-enough-1",
  "ctrl-password": "Long-enough-1",
  "alias-name": "helpdesk",
  "existing-alias": "sales",
  "domain-pattern": ["example.com", "twin2.test"],
  "alias-target": "hana",
  address: ["hana@example.com", "ken@example.org"],
  "variable-name": "RealName",
  "one-line": "words",
  "redirect-target": ["aoi@elsewhere.test", "sora@elsewhere.test"],
  "relay-server": "relay.elsewhere.test",
  program: "/usr/bin/true",
  argument: "-x",
  "custom-domain": ["custom.test", "other.test"],
  "link-part": ["hana", "ken"],
  "out-bind": "192.0.2.1",
  "ip-address": "192.0.2.7",
  "ip-range": ["198.51.100.0/24", "203.0.113.0/24"],
  "sign-in-name": ["signer", "other"],
  "client-host": ["client.test", "other.test"],
  "sender-pattern": ["*@spam.test", "*@other.test"],
  "auth-method": ["plain", "other"],
  "destination-pattern": ["*.far.test", "*.other.test"],
  "gateway-host": "gateway.test",
  "relay-host": "relay.test",
  "further-options": "",
  "remote-host": ["remote.test", "other.test"],
  "checked-domain": ["checked.test", "other.test"],
  "address-pattern": "*@example.com",
  net: "0.0.0.0/0",
  "filter-file": "scan.tab",
  "filter-file-name": ["scan.tab", "other.tab"],
  "filter-flags": "",
  "operation-name": "account.add",
  day: "2026-11-24",
  "log-time": "2026-11-24 08:33",
  "server-variable": "MaxMTAOps",
  "start-line": "-Pl",
  "queue-recipients": "*",
  "ctrl-account": ["second", "third"],
  "file-path": "smtprelay.tab",
  "spool-message": "0_1_1795509232561.7fd1577fe6c0.72b3.92.mx1",
  "spool-job": "20261124T084000000Z-0123abcd",
  incident: "20261124T084000000Z-0123abcd",
  "mail-message": "new_1795509203993.7fd19a91d6c0.72b3.12.mx1",
  group: "crew",
  "group-name": ["board", "staff"],
};

/** Where an operation needs another than its rule says, in the little world. */
const BY_FIELD: Readonly<Record<string, unknown>> = {
  "account.import csv": "address,password,kind,realName\nnew@example.com,Long-enough-1,user,New\n",
  "alias.import csv": "alias,target\nhelp@example.com,hana@example.com\n",
  "member.import csv": "address,permissions\nsora@elsewhere.test,RW\n",
  "member.addMany lines": ["sora@elsewhere.test"],
  "domainAlias.add alias": { either: ["twin.test", "other-twin.test"] },
  "externalAlias.add remote": { either: ["hana@provider.test", "hana@other.test"] },
  "serverSetting.set set": [{ name: "MaxMTAOps", value: "8" }],
  "file.set text": "# of ours\n",
  "account.resume domain": "example.org",
  "account.resume name": "ken",
};

const OF_LINKS: Input = { domain: "example.com", name: "hana", host: "pop.provider.test" };

/** Names that `member.*` gives to an account are those of lists. */
function named(operation: AnyOperation, field: string, variant: Variant): unknown {
  const own = BY_FIELD[`${operation.name} ${field}`];
  if (own !== undefined) return (own as { either?: readonly string[] }).either?.[variant] ?? own;
  if (operation.name.startsWith("popLink.")) return OF_LINKS[field];
  if (field === "name" && operation.name.startsWith("member.")) return "news";
  return undefined;
}

type Variant = 0 | 1;

export function sampleOf(schema: Json, variant: Variant = 0): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.anyOf?.some(({ type }) => type === "null")) return null;
  if (schema.anyOf) return sampleOf(schema.anyOf[0] ?? {}, variant);
  if (schema.type === "string") {
    const known = BY_RULE[schema["x-rule"] ?? ""] ?? "words";
    return typeof known === "string" ? known : known[variant];
  }
  if (schema.type === "integer") return Math.max(schema.minimum ?? 0, 1);
  if (schema.type === "boolean") return false;
  if (schema.type === "array") return [sampleOf(schema.items ?? {}, variant)];
  const { properties = {}, required = [] } = schema;
  return Object.fromEntries(required.map((field) => [field, sampleOf(properties[field] ?? {}, variant)]));
}

/** The least that an operation takes, right by its rules. */
function leastInput(operation: AnyOperation, variant: Variant): Input {
  const { properties = {}, required = [] } = operation.input as Json;
  const asked = operation.name === "log.trace" ? ["address"] : [];
  const needed = [...required, ...asked, ...["set", "lines"].filter((field) => properties[field])];
  return Object.fromEntries(
    [...new Set(needed)].map((field) => [
      field,
      named(operation, field, variant) ?? sampleOf(properties[field] ?? {}, variant),
    ]),
  );
}

/**
 * An input that the operation does, in the world of the call: what is needed, keys from what its noun lists, and what a
 * first refusal asks to be confirmed. `null` when none was found.
 */
export async function goodInput(
  operation: AnyOperation,
  call: Call,
  operations: readonly AnyOperation[],
): Promise<Input | null> {
  for (const variant of [0, 1] as const) {
    const least = leastInput(operation, variant);
    for (const known of [{}, ...(await knownOf(operation, call, operations, least))]) {
      const input = await tried(operation, call, { ...least, ...known });
      if (input) return input;
    }
  }
  return null;
}

async function tried(operation: AnyOperation, call: Call, input: Input, again = 3): Promise<Input | null> {
  if (problemsOf(operation.input, input).length > 0) return null;
  try {
    const read = operation.effect === "read" || operation.changesNothing;
    await (read ? invokeAny : rehearseAny)(operation, call, input);
    return input;
  } catch (error) {
    if (!isAppError(error) || error.code === "INTERNAL") throw error;
    const asked = error.fields.find(({ rule }) => rule === "confirm");
    return asked && again > 0
      ? tried(operation, call, { ...input, confirm: String(asked.limit) }, again - 1)
      : null;
  }
}

/** Of each row that the noun lists, what the operation asks for. */
async function knownOf(
  operation: AnyOperation,
  call: Call,
  operations: readonly AnyOperation[],
  least: Input,
): Promise<Input[]> {
  const [noun = ""] = operation.name.split(".");
  const { properties = {}, required = [] } = operation.input as Json;
  const rows: Input[] = [];
  for (const verb of ["list", "get"]) {
    const looking = operations.find(({ name }) => name === `${noun}.${verb}`);
    if (!looking) continue;
    const fields = Object.keys((looking.input as Json).properties ?? {});
    const key = Object.fromEntries(Object.entries(least).filter(([field]) => fields.includes(field)));
    const answer = await invokeAny(looking, call, key).catch(() => null);
    const { items = answer === null ? [] : [answer] } = (answer ?? {}) as { items?: readonly unknown[] };
    rows.push(...(items as Input[]));
  }
  return rows
    .slice(0, 5)
    .map((row) =>
      Object.fromEntries(
        Object.entries(row).filter(
          ([field, value]) =>
            properties[field] && value !== null && (required.includes(field) || field === "revision"),
        ),
      ),
    );
}
