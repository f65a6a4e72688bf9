import type { RowWords } from "./row-words.ts";

export const ctrlAccountWords: RowWords = {
  title: "Control accounts",
  lead: "Who may administer this XMail by its control port: programs like xmailcfg. Each of them may do everything and read all passwords; a change counts at the next sign-in.",
  one: "control account",
  none: "There is no control account",
  noneText: "Nobody can administer this XMail by its control port.",
};
