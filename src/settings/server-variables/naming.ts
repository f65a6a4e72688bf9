import type { ServerVariable } from "./variable.ts";

/** Who the server is. Source of this folder: the manual and code of XMail 1.27. */
export const IDENTITY: readonly ServerVariable[] = [
  { name: "RootDomain", group: "identity", kind: "domain", standard: null, counts: "session" },
  { name: "SmtpServerDomain", group: "identity", kind: "domain", standard: null, counts: "session" },
  { name: "POP3Domain", group: "identity", kind: "domain", standard: null, counts: "session" },
  { name: "HeloDomain", group: "identity", kind: "domain", standard: null, counts: "message" },
  { name: "PostMaster", group: "identity", kind: "address", standard: null, counts: "message" },
];

export const DNS: readonly ServerVariable[] = [
  { name: "SmartDNSHost", group: "dns", kind: "dnsServers", standard: "", counts: "message" },
];
