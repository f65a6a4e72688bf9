import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { revisionOf } from "../../settings/revision.ts";
import { variablesIn } from "../../settings/variable-lines.ts";
import { FILES } from "../../tab/files.ts";
import { fields, Search } from "../fields.ts";
import { searchFor } from "../search.ts";
import { ServerSetting, settingsOf } from "./rows.ts";

export const serverSettingList = defineOperation({
  name: "serverSetting.list",
  summary:
    "List every variable of server.tab: those XMail knows, set or not, and all others that stand there",
  effect: "read",
  input: fields({ search: Type.Optional(Search) }),
  output: fields({
    revision: Type.String({ description: "For serverSetting.set: refuses when somebody else was first" }),
    items: Type.Array(ServerSetting),
  }),
  errors: [],
  http: "GET /server/settings",
  target: () => SERVER,
  async handler(ctx, { search }) {
    const bytes = await ctx.xmail.files.read(FILES.server.path, ctx);
    const wanted = searchFor(search);
    const items = settingsOf(variablesIn(bytes, FILES.server));
    return {
      revision: revisionOf(bytes),
      items: items.filter(({ name, value }) => wanted(`${name} ${value ?? ""}`)),
    };
  },
});
