export const auditFields = {
  record: { label: "Record", help: "A record as the audit log names it." },
  "audit.list actor": { label: "Who", help: "Name or id of who did it." },
  "audit.list search": { label: "Contains", help: "Part of the operation, name, reason or input." },
  "audit.export actor": { label: "Who", help: "Name or id of who did it." },
  "audit.export search": { label: "Contains", help: "Part of the operation, name, reason or input." },
  "audit.list from": { label: "From address", help: "Address of the client, or how it begins." },
  "audit.export from": { label: "From address", help: "Address of the client, or how it begins." },
  outcome: { label: "Outcome", help: "How it ended." },
  openedMail: { label: "Mail opened", help: "Only where mail of somebody else was opened." },
  recent: { label: "Only recent", help: "Only the end of the log." },
  head: {
    label: "Hash noted elsewhere",
    help: "64 hexadecimal digits, as an earlier check showed them. Shows whether the log was written anew since.",
  },
  "audit.verify after": {
    label: "Only after record",
    help: "Number of a record. Faults up to it are known and not shown.",
  },
};
