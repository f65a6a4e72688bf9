import { foldName } from "../xmail/names.ts";
import type { Target } from "./target.ts";

/** Fields that name somebody within the field `domain`. */
const LOCAL = ["name", "alias"];
/** Fields that are a domain or an address by themselves. */
const WHOLE = ["domain", "alias", "real", "address"];

/** Domains and addresses that a change is about, folded: what its history is found by. */
export function aboutOf(target: Target, input: unknown): readonly string[] {
  const given = (typeof input === "object" && input !== null ? input : {}) as Readonly<
    Record<string, unknown>
  >;
  const text = (field: string) => (typeof given[field] === "string" ? given[field] : "");
  const domain = "domain" in target ? target.domain : text("domain");
  const names = domain === "" ? [] : LOCAL.map(text).filter((name) => name !== "" && !name.includes("@"));
  const all = [
    domain,
    ...(target.kind === "account" ? [`${target.name}@${domain}`] : []),
    ...names.map((name) => `${name}@${domain}`),
    ...(domain === "" ? WHOLE.map(text) : [text("real"), text("address")]),
  ];
  return [...new Set(all.filter((name) => name !== "").map(foldName))];
}
