export const mailboxFields = {
  "mailbox.usage filter": { label: "Show", help: "Full, nearly full, growing fast, or not used." },
  "mailbox.usage days": {
    label: "Days without a sign-in",
    help: "After so many days an account counts as unused.",
  },
  "mailbox.usage sort": { label: "Order", help: "The largest first, the least left first, and so on." },
  "mailbox.count again": { label: "Begin anew", help: "Counts all accounts again." },
  "mailbox.count seconds": {
    label: "Seconds",
    help: "How long to count before it answers; it can be gone on with.",
  },
  "message.get message": { label: "Message", help: "As the list of the mailbox names it." },
  "message.raw message": { label: "Message", help: "As the list of the mailbox names it." },
  "message.attachment message": { label: "Message", help: "As the list of the mailbox names it." },
  "message.attachment place": { label: "Attachment", help: "From 0, in the order of the message." },
};
