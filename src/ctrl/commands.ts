/** What comes back: a status alone, records (`"a"<TAB>"b"`), lines of a file, or a request for data and then a status. */
export type AnswerKind = "status" | "records" | "file" | "upload";

interface CommandTraits {
  /** A `read` may be repeated on a fresh connection when the first one was lost. */
  readonly effect: "read" | "write";
  readonly answer: AnswerKind;
  /** Which argument nobody may read who sees the command, from 0. */
  readonly secret?: number;
}

/** All 43 commands the dispatcher of XMail 1.27 knows. */
export const COMMANDS = {
  useradd: { effect: "write", answer: "status", secret: 2 },
  userdel: { effect: "write", answer: "status" },
  userpasswd: { effect: "write", answer: "status", secret: 2 },
  userlist: { effect: "read", answer: "records" },
  userauth: { effect: "read", answer: "status", secret: 2 },
  userstat: { effect: "read", answer: "records" },
  uservars: { effect: "read", answer: "records" },
  uservarsset: { effect: "write", answer: "status" },
  usergetmproc: { effect: "read", answer: "file" },
  usersetmproc: { effect: "write", answer: "upload" },
  aliasadd: { effect: "write", answer: "status" },
  aliasdel: { effect: "write", answer: "status" },
  aliaslist: { effect: "read", answer: "records" },
  exaliasadd: { effect: "write", answer: "status" },
  exaliasdel: { effect: "write", answer: "status" },
  exaliaslist: { effect: "read", answer: "records" },
  mluseradd: { effect: "write", answer: "status" },
  mluserdel: { effect: "write", answer: "status" },
  mluserlist: { effect: "read", answer: "records" },
  domainadd: { effect: "write", answer: "status" },
  domaindel: { effect: "write", answer: "status" },
  domainlist: { effect: "read", answer: "records" },
  aliasdomainadd: { effect: "write", answer: "status" },
  aliasdomaindel: { effect: "write", answer: "status" },
  aliasdomainlist: { effect: "read", answer: "records" },
  custdomget: { effect: "read", answer: "file" },
  custdomset: { effect: "write", answer: "upload" },
  custdomlist: { effect: "read", answer: "records" },
  poplnkadd: { effect: "write", answer: "status", secret: 4 },
  poplnkdel: { effect: "write", answer: "status" },
  poplnklist: { effect: "read", answer: "records" },
  poplnkenable: { effect: "write", answer: "status" },
  filelist: { effect: "read", answer: "records" },
  cfgfileget: { effect: "read", answer: "file" },
  cfgfileset: { effect: "write", answer: "upload" },
  frozlist: { effect: "read", answer: "records" },
  frozsubmit: { effect: "write", answer: "status" },
  frozdel: { effect: "write", answer: "status" },
  frozgetlog: { effect: "read", answer: "file" },
  frozgetmsg: { effect: "read", answer: "file" },
  etrn: { effect: "write", answer: "status" },
  noop: { effect: "read", answer: "status" },
  quit: { effect: "read", answer: "status" },
} as const satisfies Record<string, CommandTraits>;

export type CommandWord = keyof typeof COMMANDS;

export function effectOf(word: CommandWord): "read" | "write" {
  return COMMANDS[word].effect;
}

/** Which argument is a secret, from 0; `null` when none is. */
export function secretOf(word: CommandWord): number | null {
  const traits: CommandTraits = COMMANDS[word];
  return traits.secret ?? null;
}

export function answerOf(word: CommandWord): AnswerKind {
  return COMMANDS[word].answer;
}
