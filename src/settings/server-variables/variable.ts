/** As an administrator thinks of them, in this order. */
export const GROUPS = ["identity", "delivery", "limits", "smtp", "pop3", "tls", "bounces", "dns"] as const;
export type Group = (typeof GROUPS)[number];

/** How a value is written. Those from `gatewayOptions` on are made of parts: `server-values/` reads and writes them. */
export type Kind =
  | "text"
  | "domain"
  | "address"
  | "path"
  /** XMail takes every number above 0 for on. */
  | "switch"
  | "number"
  | "choice"
  /** 1 drop, 0 only those who sign in, -S wait S seconds. */
  | "reaction"
  | "permissions"
  | "gatewayOptions"
  | "gateways"
  | "smtpConfig"
  | "dnsLists"
  | "dnsServers"
  | "numbers"
  | "headers"
  | "methods"
  | "reply";

export type Unit = "kB" | "lines" | "steps" | "errors" | "certificates";

/** One variable of `server.tab` of XMail 1.27. */
export interface ServerVariable {
  readonly name: string;
  readonly group: Group;
  readonly kind: Kind;
  /** What counts when the line is missing; `null` where that is no fixed value: the words say what. */
  readonly standard: string | null;
  readonly unit?: Unit;
  /** Of numbers. */
  readonly least?: number;
  readonly most?: number;
  /** Of choices. */
  readonly values?: readonly string[];
  /** When a running XMail takes a new value: at the next connection, or with the next message it handles. */
  readonly counts: "session" | "message" | "sync";
  /** Values that need a typed confirmation: they weaken the server. */
  readonly risky?: readonly string[];
}
