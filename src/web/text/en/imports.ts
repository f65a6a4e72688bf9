import { count } from "../format.ts";

const lines = (n: number) => (n === 1 ? "1 line" : `${count(n)} lines`);

/** Many accounts, aliases or members out of a file, and into one. */
export const importsWords = {
  imports: {
    title: "Import from CSV",
    lead: "The file is looked at first: you see what would become of each line before anything is saved.",
    button: "Import CSV",
    export: "Export CSV",
    what: "What to import",
    kinds: { account: "Accounts", alias: "Aliases", member: "Members of a list" },
    list: "Mailing list",
    listHelp: "For members only: the address of the list.",
    domain: "Domain",
    domainHelp: "If given, all lines must be of this domain, and may leave it out.",
    file: "File",
    fileHelp:
      "CSV as Excel saves it: UTF-8, UTF-16 or Shift_JIS; comma, semicolon or TAB between the columns.",
    columns: {
      account: "Accounts: address, password, kind (user or list), realName, limitKB.",
      alias: "Aliases: alias, target.",
      member: "Members: address, rights (R, RW or RA).",
    },
    mode: "When a line is wrong",
    modes: { all: "Import nothing", possible: "Import the others" },
    resume: "Go on with an import",
    resumeYes: "What is there already with the same values is no fault",
    look: "Look at the file",
    save: (n: number) => `Import ${lines(n)}`,
    again: "Another file",
    toList: "To the list",
    wouldAdd: (n: number) => (n === 1 ? "1 line would be added." : `${count(n)} lines would be added.`),
    wereAdded: (n: number) => (n === 1 ? "1 line was added." : `${count(n)} lines were added.`),
    others: (already: number, wrong: number) =>
      `There already: ${count(already)}. Cannot be imported: ${count(wrong)}.`,
    report: "What becomes of each line",
    line: "Line",
    address: "Address",
    outcome: "What becomes of it",
    outcomes: { added: "Added", wouldAdd: "Will be added", already: "There already" },
    notShown: (n: number) => `${lines(n)} more are not shown here.`,
  },
};
