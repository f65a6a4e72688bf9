import type { Visit } from "../http/types.ts";
import type { Call } from "../kernel/context.ts";
import type { AnyOperation } from "../kernel/operation.ts";
import type { Target } from "../kernel/target.ts";

/** The call with the reason that was given in the form. */
export function withReason(call: Call, { form }: Visit): Call {
  const reason = form.get("why")?.trim() ?? "";
  return reason === "" ? call : { ...call, reason };
}

/** How long a reason stands for the same mailbox: nobody types it again for each message. */
const STANDS_MS = 10 * 60 * 1000;
/** Bytes of the log in which it is looked for. */
const MOST = 256 * 1024;

/** The call with the reason under which the same person opened the same mailbox a little while ago. */
export async function withEarlierReason(call: Call, target: Target): Promise<Call> {
  const { actor, audit, from, signal } = call;
  if (call.reason !== undefined || !audit.reading) return call;
  const { items } = await audit.reading.find({
    openedMail: true,
    since: new Date(call.now().getTime() - STANDS_MS),
    limit: 1,
    most: MOST,
    signal,
    visible: (record) =>
      record.actor === actor.id &&
      record.really === actor.really?.id &&
      record.from === from &&
      record.reason !== undefined &&
      record.phase === "done" &&
      isSame(record.target, target)
        ? record
        : null,
  });
  const reason = items[0]?.reason;
  return reason === undefined ? call : { ...call, reason };
}

function isSame(one: Target, two: Target): boolean {
  return (
    one.kind === "account" && two.kind === "account" && one.domain === two.domain && one.name === two.name
  );
}

/** Whose mail it opens; `null` for what opens none, and for an input that is none. */
export function mailOpenedBy({ opensMail, target }: AnyOperation, input: unknown): Target | null {
  if (!opensMail || !target) return null;
  try {
    return target(input as never);
  } catch {
    return null;
  }
}
