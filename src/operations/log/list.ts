import { defineOperation } from "../../kernel/operation.ts";
import { type Static, Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { Bytes, fields, orNull } from "../fields.ts";
import { logsOf } from "./reading.ts";
import { Kind } from "./rows.ts";

const File = fields({
  name: Type.String(),
  kind: Kind,
  begins: Type.String({ description: "Start of its period on the clock of the mail server" }),
  size: Bytes,
  usual: orNull(Type.Integer({ minimum: 0, description: "Average of the ten before it, in bytes" })),
  large: Type.Boolean({ description: "Five times that or more: look for abuse" }),
});
export type LogFileRow = Static<typeof File>;

const COMPARED = 10;
const TIMES = 5;
/** Below it five times as much says nothing. */
const LARGE_FROM = 1024 * 1024;

export const logList = defineOperation({
  name: "log.list",
  summary: "List XMail's log files, the newest first, with those that are far larger than usual",
  effect: "read",
  input: fields({ kind: Type.Optional(Kind) }),
  output: fields({ items: Type.Array(File) }),
  errors: ["STORAGE_UNSUPPORTED"],
  http: "GET /log-files",
  target: () => SERVER,
  async handler(ctx, { kind }) {
    const files = (await logsOf(ctx).files(ctx)).filter((file) => kind === undefined || file.kind === kind);
    const items = files.map(({ name, kind: own, begins, size }, i) => {
      const before = files.slice(i + 1).filter((file) => file.kind === own);
      const compared = before.slice(0, COMPARED);
      const sum = compared.reduce((all, file) => all + file.size, 0);
      const usual = compared.length === 0 ? null : Math.round(sum / compared.length);
      return {
        name,
        kind: own,
        begins,
        size,
        usual,
        large: usual !== null && size >= LARGE_FROM && size >= usual * TIMES,
      };
    });
    return { items };
  },
  tellsFault: ({ items }) => items.some(({ large }) => large),
});
