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
    progress: (done: number, total: number) => `${count(done)} of ${lines(total)}`,
    inParts: (n: number) => `Import ${lines(n)} in parts`,
    longAll:
      "All at once: every line or none. It may take minutes, and once begun it is carried through. In parts: you see how far it is and can stop; what is added stays.",
    longPossible: "It is made in parts: you see how far it is and can stop; what is added stays.",
    partHelp: "Each part is saved before the next one begins. Without script, press the button for each.",
    carryOn: "Go on",
    stop: "Stop here",
    stopped: (line: number) => `Stopped before line ${count(line)}.`,
    stoppedHelp:
      "What was added stays; a part that was under way is still carried through. You can go on here for ten minutes, and later with the same file and “Go on with an import”.",
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
