import { rowFields } from "./row-fields.ts";

const needTls = "Whether the connection is encrypted. Not set: as SmtpGwConfig in the server settings says.";
const outBind =
  "Address of this machine that the connection comes from. Empty: as SmtpGwConfig in the server settings says.";
const more = "Options that have no field of their own, as XMail reads them: Name=value, parted by commas.";
const pattern = [
  "Domain of the recipient",
  "* stands for any letters, ? for one. The first line that fits decides; * alone fits every domain.",
] as const;

export const sendingFields = {
  program: {
    label: "Program",
    help: "Full path on XMail's machine, like /usr/local/bin/scan or C:\\Tools\\scan.exe. XMail knows no PATH and no shell.",
  },
  arguments: {
    label: "Arguments",
    help: "One argument a line, as the program gets it. Blanks do not part arguments, and quotes are not needed.",
  },
  ...rowFields("smtpAccount", "Part of the name.", {
    name: [
      "Name",
      "What a mail program signs in with. It need not be a mail account; mail accounts need no entry here.",
    ],
    password: [
      "Password",
      "At least 8 characters. It stands in smtpauth.tab in clear text, so use one that opens nothing else. Leave it empty to keep the one there is.",
    ],
    permissions: ["Permissions", "What may be done after signing in. Letters we do not know are kept."],
  }),
  ...rowFields("smtpCheck", "Part of the method, program or an argument.", {
    method: ["Method", "As AUTH names it: PLAIN, LOGIN, CRAM-MD5, or one of your own."],
    program: ["Program", "Full path on XMail's machine. The password is right when it ends with code 0."],
    arguments: [
      "Arguments",
      "One a line. XMail fills in @@AUTH (method), @@USER, @@PASS, @@CHALL (challenge), @@DGEST (digest) and @@RFILE (file for the answer); inside a text write $(USER).",
    ],
  }),
  ...rowFields("sourceRoute", "Part of the domain or of a server.", {
    pattern,
    relays: [
      "Passes through",
      "One server a line, the first one first. The mail is addressed @first,@second:user@domain; most servers today refuse such addresses.",
    ],
  }),
  ...rowFields("forward", "Part of the domain or of a server.", {
    pattern,
    gateways: [
      "Server",
      "XMail tries them from the first to the last. An emptied one is left out; save to get more empty ones.",
    ],
    random: ["In any order", "The servers share the load instead of standing in for each other."],
    needTls: ["TLS for all", needTls],
    outBind: ["Send from, for all", outBind],
    more: ["More options for all", more],
  }),
  "gateways.host": {
    label: "Host",
    help: "A name, or an address; an IPv6 address in brackets, like [2001:db8::1].",
  },
  "gateways.port": { label: "Port", help: "25, if empty." },
  "gateways.needTls": { label: "TLS", help: needTls },
  "gateways.outBind": { label: "Send from", help: outBind },
  "gateways.more": { label: "More options", help: more },
  host: { label: "Server", help: "The server as the list shows it." },
  "clientLogin.add host": {
    label: "Server",
    help: "As a forwarding rule or the DNS names it. Without a file of its own, a server uses that of its parent domain: example.com covers mx.example.com.",
  },
  ...rowFields("clientLogin", "Part of the name.", {
    method: ["Method", "How XMail signs in; the other server must offer it."],
    user: ["User", "Name by which the other server knows us."],
    password: [
      "Password",
      "As the other server gave it. It stands in the file in clear text. Leave it empty to keep the one there is.",
    ],
  }),
  "clientLoginHost.list search": { label: "Contains", help: "Part of the server's name." },
  "popCheck.add domain": {
    label: "Domain",
    help: "A domain of this server, or * for all that have no programs of their own.",
  },
  ...rowFields("popCheck", "Part of the action, program or an argument.", {
    action: ["When", "Each action can have one program."],
    program: ["Program", "Full path on XMail's machine. Code 0 means yes or done; anything else refuses."],
    arguments: [
      "Arguments",
      "One a line. XMail fills in @@USER, @@DOMAIN, @@PASSWD and @@PATH (folder of the account); inside a text write $(USER).",
    ],
  }),
  "popCheckDomain.list search": { label: "Contains", help: "Part of the domain's name." },
};
