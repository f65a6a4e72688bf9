import { accountTarget } from "../../kernel/target.ts";
import { FILES } from "../../tab/files.ts";
import { ExistingAccount, ExistingDomain } from "../fields.ts";
import { ipMap, onServer } from "./ip-map.ts";
import { confirmClosing, refuseLockOut } from "./lock-out.ts";

export const smtpAccess = ipMap({
  ...onServer,
  noun: "smtpAccess",
  one: "rule on who may connect to SMTP",
  many: "rules on who may connect to SMTP",
  http: "/access/smtp",
  place: () => FILES.smtpIpMap.path,
  guard: confirmClosing(FILES.smtpIpMap.path),
});

export const pop3Access = ipMap({
  ...onServer,
  noun: "pop3Access",
  one: "rule on who may connect to POP3",
  many: "rules on who may connect to POP3",
  http: "/access/pop3",
  place: () => FILES.pop3IpMap.path,
  guard: confirmClosing(FILES.pop3IpMap.path),
});

export const ctrlAccess = ipMap({
  ...onServer,
  noun: "ctrlAccess",
  one: "rule on who may connect to the control port",
  many: "rules on who may connect to the control port",
  http: "/access/ctrl",
  place: () => FILES.ctrlIpMap.path,
  guard: refuseLockOut,
});

export const fingerAccess = ipMap({
  ...onServer,
  noun: "fingerAccess",
  one: "rule on who may connect to FINGER",
  many: "rules on who may connect to FINGER",
  http: "/access/finger",
  place: () => FILES.fingerIpMap.path,
  guard: confirmClosing(FILES.fingerIpMap.path),
});

/** Asked after the map of the server, when somebody signs in to the account. */
export const accountAccess = ipMap({
  key: { domain: ExistingDomain, name: ExistingAccount },
  target: accountTarget,
  noun: "accountAccess",
  one: "rule on who may sign in to an account by POP3",
  many: "rules on who may sign in to an account by POP3",
  http: "/accounts/{domain}/{name}/access",
  place: async (ctx, ref) => `${await ctx.xmail.accounts.folder(ref, ctx)}/pop3.ipmap.tab`,
  guard: confirmClosing("pop3.ipmap.tab"),
});
