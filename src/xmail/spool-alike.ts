/** Parts of a subject or an answer that differ from one message of a storm to the next. */
const VARYING = /\S*@\S+|\b[0-9a-f]{8,}\b|[^\s\p{P}]*\d[^\s\p{P}]*/giu;
const LONGEST = 80;

/** The same text for what differs in numbers, addresses and random words only; empty stays empty. */
export function fingerprintOf(text: string): string {
  // Most subjects of a storm are short and plain; what is cut off would not tell them apart.
  const plain = text.slice(0, 2 * LONGEST).toLowerCase();
  const bare = plain.replace(/^(?:\s*(?:re|fwd?|aw|wg)\s*(?:\[\d+\])?\s*[:：]\s*)+/, "");
  const same = (/[\d@]|[0-9a-f]{8}/.test(bare) ? bare.replace(VARYING, "#") : bare)
    .replace(/\s+/g, " ")
    .replace(/#(?:[\s\p{P}]*#)+/gu, "#");
  return same.trim().slice(0, LONGEST);
}

/** The same of what a server said: its numbers stay, because they tell the kind. */
export function reasonFingerprint(reply: string): string {
  const [code = ""] = /^\d{3}(?:[ -]\d\.\d{1,3}\.\d{1,3})?/.exec(reply) ?? [];
  const rest = fingerprintOf(reply.slice(code.length));
  return rest === "" ? code : `${code} ${rest}`.trim();
}

/** What is wrong, in kinds that can be explained. */
export const REASON_KINDS = [
  "none",
  "noSuchUser",
  "mailboxFull",
  "greylisted",
  "refusedAsSpam",
  "notAllowed",
  "tooLarge",
  "noSuchHost",
  "noConnection",
  "tls",
  "later",
  "refused",
  "other",
] as const;
export type ReasonKind = (typeof REASON_KINDS)[number];

/** Source: RFC 5321 and 3463 codes, and the texts of common servers. The first that fits counts. */
const KINDS: readonly (readonly [ReasonKind, RegExp])[] = [
  ["greylisted", /gr[ae]y-?list|try again in \d|postgrey/i],
  [
    "refusedAsSpam",
    /spam|blocked|black-?list|block-?list|\bdnsbl\b|\brbl\b|reputation|5\.7\.(?:26|27|28|509|511|606)/i,
  ],
  ["mailboxFull", /[45]\.2\.2|quota|mailbox (?:is )?full|over ?quota|insufficient (?:system )?storage/i],
  [
    "noSuchUser",
    /[45]\.1\.[126]|no such (?:user|mailbox|recipient)|user unknown|unknown (?:user|recipient)|does ?n.t exist|mailbox unavailable|invalid recipient/i,
  ],
  ["tooLarge", /[45]\.3\.4|5\.2\.3|too (?:large|big)|size (?:limit|exceeds)|^552/i],
  ["tls", /\b(?:tls|ssl|certificate)\b/i],
  [
    "notAllowed",
    /relay|5\.7\.\d|not (?:allowed|permitted)|access denied|authentication required|sender.*(?:rejected|denied)/i,
  ],
  ["noSuchHost", /no such host|name resolution|resolv|\bdns\b|domain not found|\bmx\b|5\.1\.2|5\.4\.[46]/i],
  [
    "noConnection",
    /^417|connect|timed? ?out|time ?out|end of socket|unreachable|network|refused by peer|5\.4\.1/i,
  ],
];

export function reasonKindOf(reply: string): ReasonKind {
  if (reply === "") return "none";
  const found = KINDS.find(([, pattern]) => pattern.test(reply));
  if (found) return found[0];
  if (/^4\d\d/.test(reply)) return "later";
  return /^5\d\d/.test(reply) ? "refused" : "other";
}
