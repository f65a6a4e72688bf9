/** Why a cell is blank, or what is left open beside what there is. */
export const REASONS = {
  delegation: "Delegated administrators, owners of accounts and their rights come with issue 6.",
  logs: "Logs, spool, frozen messages, mailboxes and alarms come with issue 7.",
  filterProgram:
    "XMailCFG does it by a filter program of its own. Any program can be entered on the filter pages; xmailcfg brings none.",
  ownData: "Own data of XMailCFG, not XMail's.",
  webmail: "Belongs to K4, kml or the list processor, which are programs beside XMail.",
  certificates:
    "Keys and certificates are never shown or sent; a page that makes and installs them is not asked for yet.",
  backups: "A reader of backup trees is not asked for yet.",
  books: "XMail's own books: nobody sets them.",
  conversation: "Part of the conversation with XMail: the client does it by itself.",
  otherCommand: "Read and written through cfgfileget and cfgfileset, which take every file and name.",
  panel: "The panel itself, nothing of XMail's.",
} as const;

export type Reason = keyof typeof REASONS;
