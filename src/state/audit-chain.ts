import { createHash } from "node:crypto";
import type { AuditRecord } from "../kernel/audit.ts";
import { canonicalJson } from "./canonical-json.ts";

/** Where the chain has got to. */
export interface ChainEnd {
  readonly seq: number;
  readonly hash: string;
}

/** Before the first record. */
export const BEGIN: ChainEnd = { seq: 0, hash: "0".repeat(64) };

/** What ties a record to the one before. */
export interface Link extends ChainEnd {
  /** Hash of the record before. */
  readonly previous: string;
  /** What tells the last record was gone when this one was written. */
  readonly headLost?: true;
}

/** One line as it was found. `text` is all of it. */
export interface ReadLine {
  readonly text: string;
  readonly record: AuditRecord;
  /** `null` for one from before there was a chain. */
  readonly link: Link | null;
}

/** The line of a record after `end`, without its LF, and where the chain is then. */
export function chained(
  record: AuditRecord,
  end: ChainEnd,
  headLost: boolean,
): { readonly line: string; readonly end: ChainEnd } {
  const seq = end.seq + 1;
  const open = { ...record, seq, previous: end.hash, ...(headLost ? { headLost } : {}) };
  const hash = hashOf(open);
  return { line: canonicalJson({ ...open, hash }), end: { seq, hash } };
}

/** Whether the line is, byte for byte, what was written under its hash. */
export function isGenuine({ text, link }: ReadLine): boolean {
  if (!link) return false;
  const value = JSON.parse(text) as Record<string, unknown>;
  const { hash, ...open } = value;
  // Canonical, so that nothing can hide in it: a name twice, a blank.
  return hash === hashOf(open) && canonicalJson(value) === text;
}

/** `null` for what is no record: half a line, mostly. */
export function readLine(raw: Buffer): ReadLine | null {
  const text = raw.toString();
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? { text, ...partsOf(value) } : null;
  } catch {
    return null;
  }
}

type Raw = Readonly<Record<string, unknown>> & { readonly at: string };

const KINDS = ["server", "people", "domain", "account"];
const PHASES = ["intent", "done", "failed", "refused"];

/** All that is relied on later; somebody may have written into the file. */
function isRecord(value: unknown): value is Raw {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const { at, requestId, actor, operation, target, phase, ...rest } = value as Record<string, unknown>;
  const { kind, domain, name } = (target ?? {}) as Record<string, unknown>;
  return (
    [at, requestId, actor, operation].every((text) => typeof text === "string") &&
    !Number.isNaN(Date.parse(String(at))) &&
    PHASES.includes(String(phase)) &&
    KINDS.includes(String(kind)) &&
    (!["domain", "account"].includes(String(kind)) || typeof domain === "string") &&
    (kind !== "account" || typeof name === "string") &&
    ["actorName", "really", "from", "code", "reason", "change"].every((field) =>
      ["string", "undefined"].includes(typeof rest[field]),
    )
  );
}

function partsOf({ seq, previous, hash, headLost, at, ...record }: Raw): Omit<ReadLine, "text"> {
  const isLink =
    typeof seq === "number" &&
    Number.isSafeInteger(seq) &&
    seq > 0 &&
    [previous, hash].every((text) => typeof text === "string");
  return {
    record: { ...record, at: new Date(at) } as unknown as AuditRecord,
    link: isLink
      ? {
          seq,
          previous: String(previous),
          hash: String(hash),
          ...(headLost === true ? { headLost } : {}),
        }
      : null,
  };
}

function hashOf(open: object): string {
  return createHash("sha256").update(canonicalJson(open)).digest("hex");
}
