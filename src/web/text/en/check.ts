import type { CheckOutcome, CheckPart, CheckStep, Found } from "../../../xmail/check.ts";
import { count } from "../format.ts";

/** What a check found, in plain words, and how to mend it. `{reason}` is told by a driver, in English. */
export interface FindingWords {
  readonly words: string;
  readonly mend?: string;
}

const parts: Readonly<Record<CheckPart, string>> = {
  configuration: "Configuration",
  ctrl: "Control port of XMail",
  mailRoot: "MailRoot",
  state: "State (administrators, keys, audit log)",
  tries: "Redis (tries to sign in)",
};

const steps: Readonly<Record<CheckStep, string>> = {
  configuration: "Read the configuration",
  secrets: "Secrets",
  reach: "Connect",
  signIn: "Sign in",
  line: "Encryption",
  version: "Version",
  open: "Connect and sign in",
  read: "Read",
  capabilities: "Capabilities",
  write: "Write a scratch file",
  bytes: "Read it back",
  rename: "Rename it",
  clean: "Take it away",
  clock: "Compare clocks",
  mailRoot: "Look for XMail's files",
  same: "Same MailRoot as XMail's",
  stopped: "XMail is stopped",
  privacy: "Nobody else may read",
  administrators: "Administrators",
  counts: "Count",
};

const outcomes: Readonly<Record<CheckOutcome, string>> = {
  ok: "OK",
  warning: "Warning",
  failure: "Failure",
  skipped: "Left out",
};

const found: Readonly<Record<Found, FindingWords>> = {
  configurationRead: { words: "All fields are valid." },
  configurationWrong: { words: "{reason}", mend: "Correct this field of the configuration file." },
  secretsHidden: { words: "No file of a secret can be read by others." },
  secretShown: {
    words: "Other users of this machine can read or change the file of {field} (mode {mode}).",
    mend: "Run chmod 600 on that file, and let it belong to the user who runs xmailcfg. If somebody may have read it, change the secret.",
  },
  secretMissing: {
    words: "{reason}",
    mend: "Name a file that the user who runs xmailcfg can read, or set the environment variable.",
  },

  ctrlAnswers: { words: "XMail answers on the control port." },
  ctrlSilent: {
    words: "Nobody answers at xmail.ctrl.host and xmail.ctrl.port.",
    mend: "Start XMail, compare host and port with its -Cp and -CI options (6017 if absent), and let a firewall in between pass this machine.",
  },
  ctrlLate: {
    words: "Something takes the connection, but did not answer in time.",
    mend: "Look whether XMail hangs or the machine is overloaded. With TLS, look whether the port is the one for TLS (6018 for mode direct).",
  },
  ctrlBusy: {
    words: "XMail has too many control sessions.",
    mend: "Close other clients of the control port, or start XMail with a larger -CX.",
  },
  ctrlNotXMail: {
    words: "What answers on this port does not speak as XMail does.",
    mend: "Correct xmail.ctrl.port. The CTRLS port (6018) needs tls with mode direct, the other one (6017) none or mode upgrade.",
  },
  ctrlAddressRefused: {
    words: "XMail does not take control connections from this machine's address.",
    mend: "Add the address to ctrl.ipmap.tab in the MailRoot. XMail reads it at once.",
  },
  ctrlTlsFailed: {
    words: "The secure connection failed; nothing secret was sent.",
    mend: "Compare xmail.ctrl.tls.fingerprint (or ca, servername) with the certificate of XMail, and look whether its TLS is switched on (EnableCTRL-TLS in server.tab).",
  },
  ctrlFailed: { words: "The control port failed: {code}.", mend: "The log of xmailcfg has more." },
  signedIn: { words: "XMail takes the account and password." },
  signInRefused: {
    words: "XMail refuses the account or password of xmail.ctrl.",
    mend: "Compare xmail.ctrl.account with ctrlaccounts.tab. The password there is coded: make the line anew with XMCrypt, and look that the secret's file holds the same password on its first line.",
  },
  lineEncrypted: { words: "The line to XMail is encrypted (TLS), and its certificate was verified." },
  lineInside: { words: "The line to XMail never leaves this machine." },
  lineClear: {
    words:
      "The line to XMail crosses a network without encryption: whoever listens reads the passwords you set.",
    mend: "Add xmail.ctrl.tls, or run xmailcfg on the mail server.",
  },
  versionKnown: { words: "{version}" },
  versionOther: {
    words: "XMail calls itself {version}; xmailcfg was made for XMail 1.27.",
    mend: "Try every change on a domain that may be lost first, or install XMail 1.27.",
  },
  ctrlLists: { words: "XMail lists its domains: {count}." },
  ctrlRefuses: {
    words: "XMail does not list its domains: {code}.",
    mend: "The log of xmailcfg holds XMail's reply.",
  },

  storageOpens: { words: "It is open: {kind}." },
  storageSilent: {
    words: "No connection: {reason}",
    mend: "Compare host and port (and the share's name), start its service, and let a firewall in between pass this machine.",
  },
  storageSignInRefused: {
    words: "The server does not let us in: {reason}",
    mend: "Compare user, password and keys with the server, and the rights of that user to the share or folder. Before you change hostKey, compare it with ssh-keygen -lf on the server itself.",
  },
  storageWrongSetting: { words: "{reason}", mend: "Correct this field of the configuration file." },
  storageFailed: { words: "It cannot be opened: {reason}", mend: "The log of that server has more." },
  mayRead: { words: "Its files can be listed and read." },
  mayNotRead: {
    words: "The user who runs xmailcfg (or signs in there) may not read it.",
    mend: "Give that user the right to read the folder and all that is in it.",
  },
  readFailed: { words: "Its files cannot be listed: {reason}", mend: "The log of xmailcfg has more." },
  folderMissing: {
    words: "The folder does not exist.",
    mend: "Correct the path (for a share: its root, too). A disk that should be mounted there may be missing.",
  },
  folderNotYet: {
    words:
      "The folder does not exist yet, so it could not be tried. It is made when the first administrator is added.",
    mend: "Run xmailcfg administrator add, then check again.",
  },
  canAllNeeded: { words: "It has every capability that is needed." },
  lacksNeeded: {
    words: "It lacks what is needed here: {capability}.",
    mend: "Use another storage for this. The table in docs/storage.md says what each one can.",
  },
  lacksUseful: {
    words: "It lacks something that makes work safer: {capability}.",
    mend: "Nothing need be done; to have it, use another storage.",
  },
  mayWrite: { words: "A file was written in .xmailcfg." },
  readOnlyEnough: { words: "Files may be read but not written. That is enough: XMail makes the changes." },
  mayNotWrite: {
    words: "The user who runs xmailcfg (or signs in there) may not write here.",
    mend: "Give that user the right to write in the folder and all that is in it.",
  },
  writeFailed: {
    words: "A file could not be written: {code}.",
    mend: "Look whether the disk is full, and at the log of xmailcfg.",
  },
  writeNeedsFolder: {
    words: "Writing could not be tried: there is no folder .xmailcfg, and this storage cannot make one.",
    mend: "Make the folder .xmailcfg in the MailRoot on the mail server, then check again.",
  },
  bytesEqual: { words: "It came back byte for byte, with all 256 byte values." },
  textEqual: { words: "It came back as it was. This storage holds lines of text, no other bytes." },
  bytesDiffer: {
    words: "It did not come back as it was written. Do not work with this storage: it damages files.",
    mend: "Look for something in between that changes files: a virus scanner, a synchronisation, a full disk.",
  },
  bytesFailed: {
    words: "It could not be read back: {code}.",
    mend: "Look whether something takes files away, such as a virus scanner.",
  },
  renamed: { words: "It has its new name, and its bytes." },
  renameUnsupported: { words: "This storage cannot rename; nothing that it is used for needs it." },
  renameFailed: {
    words: "It could not be renamed: {code}. Files are replaced by a rename, so changes would fail.",
    mend: "Give the right to rename and delete, not only to write.",
  },
  cleaned: { words: "Nothing is left behind but the folder .xmailcfg, where locks stand, too." },
  scratchLeft: {
    words: "A scratch file could not be taken away: {files}.",
    mend: "Delete it by hand, and give the right to delete files.",
  },
  clockEqual: { words: "The clocks agree." },
  clockDiffers: {
    words:
      "It differs from ours by {seconds} seconds. Locks bear 2: two machines could change the same file at once.",
    mend: "Let both machines set their clocks by NTP.",
  },
  looksLikeMailRoot: { words: "server.tab, the tables and the folder domains are there." },
  notMailRoot: {
    words: "This is no MailRoot: {missing} is missing.",
    mend: "Name the folder that holds server.tab: XMail's MAIL_ROOT.",
  },
  sameMailRoot: { words: "The files have the same domains as XMail." },
  otherMailRoot: {
    words:
      "The files have other domains than the XMail behind the control port: a backup, a stale mount, another machine.",
    mend: "Let xmail.mailRoot and xmail.ctrl name the same server.",
  },
  notCompared: { words: "Not compared, because something above failed." },
  stoppedQuiet: {
    words: "XMail wrote no log in the last ten minutes. It must stay stopped while you change its files.",
  },
  stoppedBusy: {
    words:
      "XMail's log grew in the last ten minutes: it may be running. A running XMail overwrites changes of its files.",
    mend: "Stop XMail, or use xmail.ctrl instead of offline.",
  },
  stateHidden: { words: "Only their owner may read the files." },
  stateShown: {
    words: "Others may read {file} (mode {mode}). It holds what sign-ins are made of.",
    mend: "Set its mode to 600, and that of the folder to 700.",
  },
  hasAdministrators: { words: "People who can sign in: {count}." },
  noAdministrators: { words: "Nobody can sign in yet.", mend: "Run xmailcfg administrator add." },
  administratorsUnreadable: {
    words: "The list of administrators cannot be read: {code}.",
    mend: "Bring administrators.json back from a backup, or move it away and add the administrators anew.",
  },
  redisCounts: { words: "{host} counts; there and back in {ms} ms." },
  redisRefuses: {
    words: "{host} does not let xmailcfg in, or not do what counting needs.",
    mend: "Look at tries.redis.user and password, and let the user run EVAL, SET, GET, DEL and the commands of sorted sets on xmailcfg:*.",
  },
  redisSilent: {
    words: "{host} cannot be reached. Until then each machine counts for itself, in the state.",
    mend: "Look at tries.redis.host and port, and whether Redis is running.",
  },
  redisFails: {
    words: "{host} does not count.",
    mend: "Look at the log of Redis, and at tries.redis.tls and database.",
  },
};

export const checkWords = {
  check: {
    title: "Check connections",
    lead: "Tries every connection of the configuration from end to end. A scratch file is written where files are kept, and taken away again; nothing of XMail is changed.",
    button: "Check now",
    again: "Check again",
    fine: "Everything works",
    warnings: (n: number) => (n === 1 ? "1 warning" : `${count(n)} warnings`),
    failures: (n: number) => (n === 1 ? "1 failure" : `${count(n)} failures`),
    tried: "Tried",
    result: "Result",
    meaning: "Found",
    heading: "{part}: {tried}",
    mend: "What to do: {words}",
    unknown: "Another version of xmailcfg found this: {key}.",
    parts,
    steps,
    outcomes,
    found,
    kinds: {
      local: "files of this machine",
      smb: "an SMB share",
      sftp: "SFTP",
      "ctrl-files": "files through the control port",
      memory: "in memory only",
    } as Readonly<Record<string, string>>,
    codes: {
      STORAGE_DENIED: "access is denied",
      STORAGE_FAILED: "the storage failed",
      STORAGE_NOT_FOUND: "it is not there any more",
      STORAGE_EXISTS: "something of that name stands there",
      STORAGE_UNSUPPORTED: "the storage cannot do that",
      STORAGE_LOCKED: "somebody else holds it",
      BAD_CONFIG: "the configuration is wrong",
    } as Readonly<Record<string, string>>,
    capabilities: {
      atomicReplace: "replacing a file in one step (atomicReplace)",
      exclusiveCreate: "making a file that nobody else makes (exclusiveCreate), on which locks rest",
      rangedRead: "reading a part of a file (rangedRead)",
      append: "adding at the end of a file (append)",
      durableWrite: "files that survive a power cut (durableWrite)",
      folders: "making folders (folders)",
      move: "renaming (move)",
    } as Readonly<Record<string, string>>,
  },
};
