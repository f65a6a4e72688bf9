export const START_GROUPS = [
  "server",
  "smtp",
  "smtps",
  "pop3",
  "pop3s",
  "queue",
  "sync",
  "local",
  "ctrl",
  "ctrls",
  "finger",
] as const;
export type StartGroup = (typeof START_GROUPS)[number];

/** One switch of XMail's start line. */
export interface StartSwitch {
  readonly flag: string;
  readonly group: StartGroup;
  /** What follows it: nothing, or one word. */
  readonly takes: "nothing" | "number" | "path" | "address";
  /** What counts without it, where that is a number. */
  readonly standard: string | null;
  /** May stand several times. */
  readonly many: boolean;
}

/** Source: the manual of XMail 1.27. */
export const START_SWITCHES: readonly StartSwitch[] = [
  one("-Ms", "server", "path"),
  one("-Md", "server", "nothing"),
  one("-Mr", "server", "number", "24"),
  one("-Mx", "server", "number", "23"),
  one("-MR", "server", "number"),
  one("-MS", "server", "number"),
  one("-MD", "server", "number", "101"),
  one("-MM", "server", "nothing"),
  one("-Mm", "server", "nothing"),
  one("-M4", "server", "nothing"),
  one("-M5", "server", "nothing"),
  one("-M6", "server", "nothing"),
  one("-M7", "server", "nothing"),
  ...listener("S", "smtp", "25"),
  one("-St", "smtp", "number"),
  one("-SX", "smtp", "number"),
  one("-Sr", "smtp", "number", "100"),
  one("-Se", "smtp", "number", "900"),
  one("-Sl", "smtp", "nothing"),
  ...listener("X", "smtps", "465"),
  ...listener("P", "pop3", "110"),
  one("-Pt", "pop3", "number"),
  one("-PX", "pop3", "number"),
  one("-Pw", "pop3", "number"),
  one("-Ph", "pop3", "nothing"),
  one("-Pl", "pop3", "nothing"),
  ...listener("B", "pop3s", "995"),
  one("-Qn", "queue", "number", "16"),
  one("-Qt", "queue", "number", "480"),
  one("-Qi", "queue", "number", "16"),
  one("-Qr", "queue", "number", "32"),
  one("-QT", "queue", "number", "90"),
  one("-Ql", "queue", "nothing"),
  one("-Qg", "queue", "nothing"),
  one("-Y-", "sync", "nothing"),
  one("-Yi", "sync", "number", "120"),
  one("-Yt", "sync", "number"),
  one("-YT", "sync", "number"),
  one("-Yl", "sync", "nothing"),
  one("-Ln", "local", "number"),
  one("-Lt", "local", "number"),
  one("-Ll", "local", "nothing"),
  ...listener("C", "ctrl", "6017"),
  one("-Ct", "ctrl", "number", "120"),
  one("-CX", "ctrl", "number", "512"),
  one("-Cl", "ctrl", "nothing"),
  ...listener("W", "ctrls", "6018"),
  ...listener("F", "finger", "79"),
  one("-Fl", "finger", "nothing"),
];

function one(
  flag: string,
  group: StartGroup,
  takes: StartSwitch["takes"],
  standard: string | null = null,
): StartSwitch {
  return { flag, group, takes, standard, many: false };
}

/** What every service that listens has: off, IPv6, port, and the addresses it listens on. */
function listener(letter: string, group: StartGroup, port: string): StartSwitch[] {
  return [
    one(`-${letter}-`, group, "nothing"),
    one(`-${letter}6`, group, "nothing"),
    one(`-${letter}p`, group, "number", port),
    { ...one(`-${letter}I`, group, "address"), many: true },
  ];
}

export interface ReadLine {
  /** Values by switch; an empty text for one that takes nothing. */
  readonly given: ReadonlyMap<string, readonly string[]>;
  /** What is no switch of XMail 1.27, or has no value. */
  readonly strange: readonly string[];
}

const BY_FLAG = new Map(START_SWITCHES.map((each) => [each.flag, each]));

/** A start line as XMail reads it: words between blanks. */
export function readStartLine(line: string): ReadLine {
  const given = new Map<string, string[]>();
  const strange: string[] = [];
  const words = line.split(/[ \t]+/).filter((word) => word !== "");
  for (let at = 0; at < words.length; at += 1) {
    const flag = words[at] ?? "";
    const known = BY_FLAG.get(flag);
    const value = known && known.takes !== "nothing" ? words[at + 1] : "";
    if (!known || value === undefined) {
      strange.push(flag);
      continue;
    }
    if (known.takes !== "nothing") at += 1;
    given.set(flag, [...(given.get(flag) ?? []), value]);
  }
  return { given, strange };
}
