import { rowFields } from "./row-fields.ts";

const range = [
  "Address or range",
  "192.0.2.7, 192.0.2.0/24, 192.0.2.0 255.255.255.0 or 2001:db8::/32. 0.0.0.0/0 is all of IPv4, ::/0 is everybody. Bits beyond the mask are dropped.",
] as const;
const search = "Part of the address as the list shows it.";
const map = {
  range,
  decision: ["Decision", "What XMail does when this rule is the first that matches."],
  precedence: [
    "Precedence",
    "The highest decides, of equal ones the later line. Empty: before all rules about more addresses. Moving a rule up or down sets it for you.",
  ],
} as const;
const properties = {
  whiteList: [
    "Trusted (WhiteList)",
    "Rules on who may connect, banned addresses and spam lists are not asked.",
  ],
  noAuth: ["No sign-in needed (NoAuth)", "May send where SMTP asks everybody to sign in (MailAuth)."],
  easeTls: ["TLS not needed (EaseTLS)", "May go without TLS where SMTP asks for it (WantTLS)."],
  enableVrfy: ["VRFY", "May ask whether an address exists."],
  enableEtrn: ["ETRN", "May have its waiting mail delivered at once."],
  skipSenderCheck: [
    "No check of the sender's domain (SenderDomainCheck=0)",
    "The domain in MAIL FROM is not looked up, even with CheckMailerDomain.",
  ],
} as const;

export const accessFields = {
  ...rowFields("smtpAccess", search, map),
  ...rowFields("pop3Access", search, map),
  ...rowFields("ctrlAccess", search, map),
  ...rowFields("fingerAccess", search, map),
  ...rowFields("accountAccess", search, map),
  ...rowFields("relay", search, { range }),
  ...rowFields("spammer", search, {
    range,
    action: ["What happens", "To somebody who connects from there."],
    delaySeconds: ["Delay in seconds", "Before each answer; only for the delay."],
  }),
  ...rowFields("ipProperty", search, { range, ...properties }),
  ...rowFields("hostProperty", "Part of the name.", {
    host: [
      "Name of the client",
      "The name its address leads back to (PTR). XMail compares the beginning only: mail.example fits mail.example.com too. A dot at the beginning fits nobody.",
    ],
    ...properties,
  }),
  "spammer.rebuild days": { label: "Days", help: "Logs of so many days, today included." },
  "spammer.rebuild tries": {
    label: "From so many bad tries on",
    help: "Failed sign-ins, unknown mailboxes and refused relaying, counted together.",
  },
  "spammer.rebuild mode": {
    label: "Earlier bans by the logs",
    help: "Bans made by hand stay in either case.",
  },
  "spammer.rebuild spare": { label: "Never ban", help: "One address or range a line, such as the office." },
  service: { label: "Service", help: "What the client connects to." },
  "access.explain address": { label: "Client address", help: "One IPv4 or IPv6 address." },
  host: {
    label: "Name of the client",
    help: "The name its address leads back to, for exceptions by name. Nothing is looked up.",
  },
};
