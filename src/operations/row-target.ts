import { type Static, Type } from "../kernel/schema.ts";
import { accountTarget, domainTarget, SERVER, type Target } from "../kernel/target.ts";
import { fields, orNull } from "./fields.ts";

/** What a record is about, as a row of a list tells it. */
export const RowTarget = fields({
  kind: Type.Union([
    Type.Literal("server"),
    Type.Literal("people"),
    Type.Literal("domain"),
    Type.Literal("account"),
  ]),
  domain: orNull(Type.String()),
  name: orNull(Type.String()),
});
export type RowTarget = Static<typeof RowTarget>;

export function toldTarget(target: Target): RowTarget {
  return {
    kind: target.kind,
    domain: "domain" in target ? target.domain : null,
    name: target.kind === "account" ? target.name : null,
  };
}

/** For whoever asks whether the actor may see it. What concerns people is the master's. */
export function targetOfRow({ target: { kind, domain, name } }: { readonly target: RowTarget }): Target {
  if (domain === null) return SERVER;
  return kind === "account" && name !== null ? accountTarget({ domain, name }) : domainTarget(domain);
}

/** The same of a record as it is kept. */
export function targetOfRecord({ target }: { readonly target: Target }): Target {
  return target.kind === "people" ? SERVER : target;
}
