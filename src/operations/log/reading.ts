import { fail } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import { accountTarget, domainTarget, SERVER } from "../../kernel/target.ts";
import { aboutOf, type LogAbout } from "../../xmail/log-about.ts";
import type { LogRow, LogStore } from "../../xmail/logs.ts";

/** `STORAGE_UNSUPPORTED` by the control port alone. */
export function logsOf({ xmail }: Pick<Context, "xmail">): LogStore {
  return (
    xmail.logs ??
    fail(
      "STORAGE_UNSUPPORTED",
      "XMail's logs are files of its MailRoot: give xmailcfg the MailRoot as its storage to read them.",
    )
  );
}

const NOBODY: LogAbout = { domain: "", name: null };

/** Whether the actor sees an account, or what is of a whole domain; asked once for each. */
export function sightOf({ sees }: Pick<Context, "sees">): (about: LogAbout) => boolean {
  const known = new Map<string, boolean>();
  return ({ domain, name }) => {
    const key = `${name ?? ""}@${domain}`;
    const was = known.get(key);
    if (was !== undefined) return was;
    // Names of strangers are without number.
    if (known.size > 10_000) known.clear();
    const sight = sees(name === null ? domainTarget(domain) : accountTarget({ domain, name }));
    known.set(key, sight);
    return sight;
  };
}

/** Whom of those that the actor sees a line is about; `null`: he sees none of them. */
export function seenIn(ctx: Pick<Context, "sees">): (row: LogRow) => LogAbout | null {
  const seesAll = ctx.sees(SERVER);
  const seen = sightOf(ctx);
  return (row) => {
    const about = aboutOf(row);
    return about.find(seen) ?? (seesAll ? (about[0] ?? NOBODY) : null);
  };
}
