import { rowFields } from "./row-fields.ts";

const shared = {
  skipSignedIn: ["Not for people who signed in", "Their mail passes this line by (flag aex)."],
  skipWhitelisted: [
    "Not for white-listed addresses",
    "Mail from addresses that smtp.ipprop.tab or smtp.hnprop.tab white-list passes this line by (flag wlex).",
  ],
  timeout: [
    "Time limit in seconds",
    "90, if empty. After it XMail goes on as if the filter had said nothing, and the program runs on.",
  ],
  otherFlags: ["Other flags", "Flags that have no field of their own, parted by commas."],
} as const;
const program = [
  "Program",
  "Full path on XMail's machine, like /usr/local/bin/scan or C:\\Tools\\scan.exe. XMail knows no PATH and no shell.",
] as const;
const search = "Part of the program or an argument.";

const smtp = {
  program,
  arguments: [
    "Arguments",
    "One a line. XMail fills in @@FILE (the message), @@USERAUTH (who signed in), @@REMOTEADDR, @@LOCALADDR, @@FROM, @@CRCPT (the recipient just named) and @@RRCPT (its account); inside a text write $(FILE).",
  ],
  ...shared,
} as const;
const rule = {
  sender: ["Sender", "A mail address or pattern; * for all."],
  recipient: ["Recipient", "A mail address or pattern; * for all."],
  remote: [
    "From network",
    "Address and bits of the other machine. ::/0 is every address; 0.0.0.0/0 leaves out those of IPv6.",
  ],
  local: ["At address", "Address and bits of this machine that the mail came in at. ::/0 is every address."],
  file: ["Filter file", "A file below filters/ with the programs to run. It must be there already."],
} as const;
const rules = "Part of an address, network or file.";

export const filterFields = {
  ...rowFields("filterPostRcpt", search, smtp),
  ...rowFields("filterPreData", search, smtp),
  ...rowFields("filterPostData", search, smtp),
  ...rowFields("filterIn", rules, rule),
  ...rowFields("filterOut", rules, rule),
  ...rowFields("filterStep", search, {
    program,
    arguments: [
      "Arguments",
      "One a line. XMail fills in @@FILE (the message), @@MSGID, @@MSGREF, @@FROM, @@RFROM, @@RCPT, @@RRCPT, @@REMOTEADDR, @@LOCALADDR, @@TMPFILE and @@USERAUTH (who signed in); inside a text write $(FILE).",
    ],
    ...shared,
  }),
  file: { label: "Filter file", help: "A file below filters/ as the list shows it." },
  "filterFile.add file": {
    label: "File name",
    help: "Letters, digits, hyphen, underscore and single dots inside, like scan.tab.",
  },
  "filterFile.list search": { label: "Contains", help: "Part of the file's name." },
};
