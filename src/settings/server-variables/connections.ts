import type { Kind, ServerVariable } from "./variable.ts";

function smtp(name: string, kind: Kind, standard: string | null): ServerVariable {
  return { name, group: "smtp", kind, standard, counts: "session" };
}

function tls(name: string, kind: Kind, standard: string): ServerVariable {
  return { name, group: "tls", kind, standard, counts: "session" };
}

/** Who may hand over mail, and what he is told otherwise. */
export const SMTP: readonly ServerVariable[] = [
  { ...smtp("DefaultSmtpPerms", "permissions", "MRVZ"), risky: ["0"] },
  smtp("EnableAuthSMTP-POP3", "switch", "1"),
  { ...smtp("AllowNullSender", "switch", "1"), risky: ["0"] },
  smtp("CheckMailerDomain", "switch", "0"),
  smtp("SMTP-RDNSCheck", "reaction", "0"),
  smtp("SMTP-IpMapDropCode", "reaction", "1"),
  smtp("CustMapsList", "dnsLists", ""),
  smtp("AllowSmtpVRFY", "switch", "0"),
  smtp("AllowSmtpETRN", "switch", "0"),
  smtp("SmtpConfig", "smtpConfig", ""),
  smtp("SmtpMsgIPBan", "reply", null),
  smtp("SmtpMsgIPBanSpammers", "reply", null),
  smtp("SmtpMsgIPBanMaps", "reply", null),
  smtp("SmtpMsgIPBanSpamAddress", "reply", null),
  smtp("CustomSMTPMessage", "text", ""),
];

export const POP3: readonly ServerVariable[] = [
  {
    name: "Pop3LogPasswd",
    group: "pop3",
    kind: "choice",
    standard: "0",
    values: ["0", "1", "2"],
    counts: "session",
    risky: ["1", "2"],
  },
  { name: "Pop3SyncErrorAccount", group: "pop3", kind: "address", standard: "", counts: "sync" },
  {
    name: "FetchHdrTags",
    group: "pop3",
    kind: "headers",
    standard: "+X-Deliver-To,+Received,To,Cc",
    counts: "sync",
  },
];

export const TLS: readonly ServerVariable[] = [
  tls("EnableSMTP-TLS", "switch", "1"),
  tls("EnablePOP3-TLS", "switch", "1"),
  tls("EnableCTRL-TLS", "switch", "1"),
  { ...tls("SmtpNoTLSAuths", "methods", ""), standard: null },
  tls("SSLWantVerify", "switch", "0"),
  tls("SSLWantCert", "switch", "0"),
  tls("SSLAllowSelfSigned", "switch", "0"),
  tls("SSLUseCertsFile", "switch", "0"),
  tls("SSLUseCertsDir", "switch", "0"),
  {
    ...tls("SSLMaxCertsDepth", "number", "0"),
    unit: "certificates",
    least: 0,
    most: 100,
  },
];
