import type { Storage } from "./storage/storage.ts";
import type { Backend } from "./xmail/backend.ts";
import type { MailboxStore } from "./xmail/mailboxes.ts";

/** Mailboxes in the files at hand, loaded by the first look. By XMail's own file commands they cannot be read. */
export function mailboxesBy(
  kind: string,
  mailRoot: () => Promise<Storage>,
  files: () => Promise<Backend>,
): Pick<Backend, "mailboxes"> {
  if (kind === "ctrl-files") return {};
  const get = async (): Promise<MailboxStore> => {
    const { mailboxesOver } = await import("./mailbox/mailboxes-over.ts");
    return mailboxesOver(await mailRoot(), (await files()).accounts);
  };
  return {
    mailboxes: {
      counted: async (options) => (await get()).counted(options),
      count: async (wish, options) => (await get()).count(wish, options),
      page: async (ref, ask, options) => (await get()).page(ref, ask, options),
      open: async (ref, id, options) => (await get()).open(ref, id, options),
      bytesOf: async (ref, id, most, options) => (await get()).bytesOf(ref, id, most, options),
      attachment: async (ref, id, place, options) => (await get()).attachment(ref, id, place, options),
    },
  };
}
