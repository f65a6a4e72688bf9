import { fail, failField } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { accountTarget } from "../../kernel/target.ts";
import { isAnswerStep } from "../../settings/answer-step.ts";
import { editEntries } from "../../settings/edit-entries.ts";
import { type Entry, entriesOf, tableIn } from "../../settings/entries.ts";
import { type StepName, stepOf } from "../../settings/mail-steps.ts";
import { FILES } from "../../tab/files.ts";
import { type AccountRef, addressOf, foldName, sameName } from "../../xmail/names.ts";
import { AccountKey, Address, ExistingAccount, ExistingDomain, fields } from "../fields.ts";

const SIMPLE: readonly StepName[] = ["mailbox", "redirect", "lredirect"];
const TRIES = 4;

const Forwarding = fields({
  addresses: Type.Array(Type.String(), { description: "Where the mail goes; none: it is not forwarded" }),
  keepCopy: Type.Boolean({ description: "Whether the mail is stored in the mailbox, too" }),
  simple: Type.Boolean({
    description: "False: the account has further steps, which only the list of steps shows and changes",
  }),
});

/** `mailproc.tab` as most people need it: forward to these, and keep a copy or not. */
export const forwardingGet = defineOperation({
  name: "forwarding.get",
  summary: "Say where an account's mail is forwarded to",
  effect: "read",
  input: AccountKey,
  output: Forwarding,
  errors: ["ACCOUNT_NOT_FOUND"],
  http: "GET /domains/{domain}/accounts/{name}/forwarding",
  target: accountTarget,
  async handler(ctx, ref) {
    return told(entriesIn(await ctx.xmail.files.read(await placeOf(ctx, ref), ctx)));
  },
});

export const forwardingSet = defineOperation({
  name: "forwarding.set",
  summary: "Forward an account's mail to other addresses, or stop forwarding it",
  effect: "write",
  input: fields({
    domain: ExistingDomain,
    name: ExistingAccount,
    addresses: Type.Array(Address, { maxItems: 10 }),
    keepCopy: Type.Boolean({ description: "Whether the mail is stored in the mailbox, too" }),
  }),
  output: Forwarding,
  errors: ["ACCOUNT_NOT_FOUND", "CELL_NOT_WRITABLE", "CONFLICT", "FILE_CHANGED"],
  http: "PUT /domains/{domain}/accounts/{name}/forwarding",
  target: accountTarget,
  async handler(ctx, { addresses, keepCopy, ...ref }) {
    const path = await placeOf(ctx, ref);
    refuse(ref, addresses, keepCopy);
    for (let tries = 1; tries <= TRIES; tries += 1) {
      const bytes = await ctx.xmail.files.read(path, ctx);
      const wanted = forwarded(bytes, addresses, keepCopy);
      let moved = false;
      await ctx.xmail.files.edit(
        path,
        (now) => {
          moved = Buffer.compare(now ?? Buffer.alloc(0), bytes ?? Buffer.alloc(0)) !== 0;
          return moved ? now : wanted;
        },
        ctx,
      );
      if (!moved) return told(entriesIn(wanted));
    }
    return fail("FILE_CHANGED", "A file of XMail keeps changing. Try again.", { internal: { path } });
  },
});

function refuse(ref: AccountRef, addresses: readonly string[], keepCopy: boolean): void {
  if (addresses.length === 0 && !keepCopy) {
    failField(
      "keepCopy",
      "kept-or-forwarded",
      "keepCopy: without an address to forward to, mail must stay here.",
    );
  }
  if (addresses.some((one) => sameName(one, addressOf(ref)))) {
    failField(
      "addresses",
      "own-address",
      "addresses: the account's own address would send its mail round in a circle.",
    );
  }
  if (new Set(addresses.map(foldName)).size < addresses.length) {
    failField("addresses", "address-twice", "addresses: one is there twice, and would get everything twice.");
  }
}

async function placeOf(ctx: Context, ref: AccountRef): Promise<string> {
  return `${await ctx.xmail.accounts.folder(ref, ctx)}/mailproc.tab`;
}

/** Those that are on. */
function entriesIn(bytes: Uint8Array | null): readonly Entry[] {
  return entriesOf(tableIn(bytes, FILES.mailproc), null);
}

function told(all: readonly Entry[]) {
  const entries = withoutAnswers(all);
  const steps = entries.map(({ cells }) => stepOf(cells, SIMPLE));
  const count = (mailbox: boolean) =>
    steps.filter((one) => one && (one.step === "mailbox") === mailbox).length;
  const addresses = steps.flatMap((one) => [...(one?.addresses ?? [])]);
  return {
    addresses,
    keepCopy: entries.length === 0 || count(true) > 0,
    simple: steps.every((one) => one !== null) && count(true) <= 1 && count(false) <= 1,
  };
}

/** The step that answers goes beside any forwarding: `vacation.set` looks after it. */
function withoutAnswers(entries: readonly Entry[]): readonly Entry[] {
  return entries.filter(({ cells }) => !isAnswerStep(cells));
}

/** The file so that it forwards; comments and what is switched off stay, unless nothing but the mailbox is left to say. */
function forwarded(
  bytes: Uint8Array | null,
  addresses: readonly string[],
  keepCopy: boolean,
): Uint8Array | null {
  const all = entriesIn(bytes);
  const entries = withoutAnswers(all);
  if (!told(entries).simple) {
    fail("CONFLICT", "The account's mail goes through further steps. Change it in the list of steps.");
  }
  const answers = entries.length < all.length;
  if (addresses.length === 0 && (!answers || entries.length === 0)) return answers ? bytes : null;
  const mailbox = entries.find(({ cells }) => cells[0] === "mailbox");
  const redirect = entries.find(({ cells }) => cells[0] !== "mailbox");
  const edit = (now: Uint8Array | null, change: Parameters<typeof editEntries>[3]) =>
    editEntries(now, FILES.mailproc, null, change).bytes;
  let now = withRedirect();
  if (keepCopy && !mailbox) {
    const first = entriesIn(now)[0];
    now = edit(now, { do: "add", cells: ["mailbox"], before: first?.id ?? null });
  }
  return !keepCopy && mailbox ? edit(now, { do: "remove", id: mailbox.id }) : now;

  function withRedirect(): Uint8Array | null {
    if (addresses.length === 0) return redirect ? edit(bytes, { do: "remove", id: redirect.id }) : bytes;
    const cells = [redirect?.cells[0] ?? "redirect", ...addresses];
    if (redirect) return edit(bytes, { do: "replace", id: redirect.id, cells });
    // Before the answer, which is last so that it holds up nothing.
    const answer = all.find((one) => isAnswerStep(one.cells));
    return edit(bytes, { do: "add", cells, before: answer?.id ?? null });
  }
}
