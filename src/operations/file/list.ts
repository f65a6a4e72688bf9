import type { Context } from "../../kernel/context.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { type Static, Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { mayBeShown, tableAt } from "../../settings/table-at.ts";
import { foldName } from "../../xmail/names.ts";
import { ExistingAccount, ExistingDomain, fields, orNull } from "../fields.ts";

const ListedFile = fields({
  path: Type.String(),
  table: orNull(Type.String({ description: "Which of XMail's tables it is; null: another text" })),
  indexed: Type.Boolean({ description: "XMail keeps an index: it is changed by its own operations only" }),
});

/** Folders with settings of the whole server. */
const FOLDERS = ["", "filters", "custdomains", "userauth/pop3", "userauth/smtp"];

export const fileList = defineOperation({
  name: "file.list",
  summary:
    "List the files below MailRoot that can be shown: those of the server, of a domain, or of an account",
  effect: "read",
  input: fields({ domain: Type.Optional(ExistingDomain), name: Type.Optional(ExistingAccount) }),
  output: fields({ items: Type.Array(ListedFile) }),
  errors: ["ACCOUNT_NOT_FOUND"],
  http: "GET /files",
  target: () => SERVER,
  async handler(ctx, { domain, name }) {
    const folders =
      domain === undefined
        ? FOLDERS
        : name === undefined
          ? [`domains/${foldName(domain)}`, `cmdaliases/${foldName(domain)}`]
          : [await ctx.xmail.accounts.folder({ domain, name }, ctx)];
    const listed = await Promise.all(folders.map((folder) => filesIn(ctx, folder)));
    return { items: listed.flat() };
  },
});

async function filesIn(ctx: Context, folder: string): Promise<Static<typeof ListedFile>[]> {
  const names = await ctx.xmail.files.list(folder, ctx);
  return names
    .map((name) => (folder === "" ? name : `${folder}/${name}`))
    .filter(mayBeShown)
    .map((path) => {
      const found = tableAt(path);
      return { path, table: found?.name ?? null, indexed: found?.file.index !== undefined };
    });
}
