import type { RowWords } from "./row-words.ts";

const smtpNoneText = "A program here can refuse a message while the other server still waits for the answer.";

export const filterRows = {
  filterPostRcpt: {
    title: "Filters after RCPT TO",
    lead: "Run each time a recipient is named, from the first to the last. They can refuse that recipient.",
    one: "filter after RCPT TO",
    none: "No filter runs after RCPT TO",
    noneText: smtpNoneText,
  },
  filterPreData: {
    title: "Filters before DATA",
    lead: "Run when all recipients are named, before the message comes, from the first to the last. They can refuse it.",
    one: "filter before DATA",
    none: "No filter runs before DATA",
    noneText: smtpNoneText,
  },
  filterPostData: {
    title: "Filters after DATA",
    lead: "Run when the message is there, before it is taken in, from the first to the last. They can refuse it.",
    one: "filter after DATA",
    none: "No filter runs after DATA",
    noneText: smtpNoneText,
  },
  filterIn: {
    title: "Filters for incoming mail",
    lead: "Which messages to mailboxes here go through which filter file. All rules that fit count, in this order.",
    one: "rule for incoming mail",
    none: "Mail to mailboxes is not filtered",
    noneText: "Add a filter file first, then a rule that says which messages go through it.",
  },
  filterOut: {
    title: "Filters for outgoing mail",
    lead: "Which messages to other servers go through which filter file. All rules that fit count, in this order.",
    one: "rule for outgoing mail",
    none: "Mail to other servers is not filtered",
    noneText: "Add a filter file first, then a rule that says which messages go through it.",
  },
  filterFile: {
    title: "Filter files",
    lead: "Lists of programs below filters/. The rules for incoming and outgoing mail say which messages go through them.",
    one: "filter file",
    none: "There are no filter files",
    noneText: "Add a file, then the programs in it, then a rule that uses it.",
  },
  filterStep: {
    title: "Programs of a filter file",
    lead: "Run from the first to the last for each message that a rule sends here.",
    one: "filter program",
    none: "The file does nothing yet",
    noneText: "Add the program that looks at the messages.",
  },
} satisfies Record<string, RowWords>;
