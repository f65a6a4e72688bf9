import { fail, failField } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import { serverVariable } from "../../settings/server-variables/catalogue.ts";
import { variablesIn } from "../../settings/variable-lines.ts";
import { FILES } from "../../tab/files.ts";

/**
 * Refuses a `server.tab` with which XMail would take no mail, or xmailcfg could not reach it any more; what weakens the
 * server has to be confirmed. Only what is new is looked at.
 */
export async function refuseUnusable(
  ctx: Context,
  before: Uint8Array | null,
  after: Uint8Array,
  confirm: string | undefined,
): Promise<void> {
  const was = valuesIn(before);
  const wanted = valuesIn(after);
  if ((wanted.get("RootDomain") ?? "") === "") {
    failField("RootDomain", "server-root-domain", "Without RootDomain XMail answers all mail with 421.");
  }
  const noTls = (values: ReadonlyMap<string, string>) =>
    Number.parseInt(values.get("EnableCTRL-TLS") ?? "1", 10) < 1;
  if (noTls(wanted) && !noTls(was) && (await ctx.xmail.server.status(ctx)).transport === "tls") {
    fail("WOULD_LOCK_OUT", "xmailcfg signs in to XMail's control port by TLS.");
  }
  for (const [name, value] of wanted) {
    const risky = serverVariable(name)?.risky?.includes(value) ?? false;
    if (risky && was.get(name) !== value && confirm !== name) {
      failField("confirm", "confirm", `${name} ${value} weakens the server. Type its name to confirm.`, name);
    }
  }
}

function valuesIn(bytes: Uint8Array | null): ReadonlyMap<string, string> {
  return new Map(variablesIn(bytes, FILES.server).map(({ name, value }) => [name, value]));
}
