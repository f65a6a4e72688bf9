import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { revisionOf } from "../../settings/revision.ts";
import { FILES } from "../../tab/files.ts";
import { editSeen } from "../edit-seen.ts";
import { fields, Nothing } from "../fields.ts";
import { changedDefaults, changeFields, changesIn, defaultsIn, Variables } from "./defaults.ts";

const { path } = FILES.accountDefaults;

export const accountDefaultGet = defineOperation({
  name: "accountDefault.get",
  summary: "Show what new accounts of the server begin with (userdef.tab)",
  effect: "read",
  input: Nothing,
  output: fields({ variables: Variables, revision: Type.String() }),
  errors: [],
  http: "GET /account-defaults",
  target: () => SERVER,
  async handler(ctx) {
    const bytes = await ctx.xmail.files.read(path, ctx);
    return { variables: defaultsIn(bytes), revision: revisionOf(bytes) };
  },
});

export const accountDefaultSet = defineOperation({
  name: "accountDefault.set",
  summary: "Change what new accounts of the server begin with; accounts that are there stay as they are",
  effect: "write",
  input: fields(changeFields),
  output: Nothing,
  errors: ["CONFLICT", "CELL_NOT_WRITABLE", "FILE_CHANGED"],
  http: "PUT /account-defaults",
  target: () => SERVER,
  async handler(ctx, input) {
    const changes = changesIn(input);
    await editSeen(ctx, path, input.revision as string | undefined, (bytes) =>
      changedDefaults(bytes, changes),
    );
    return {};
  },
});
