import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { readStartLine, START_SWITCHES } from "../../settings/start-switches.ts";
import { startTexts } from "../../settings/start-texts.ts";
import { fields } from "../fields.ts";

const StartLine = Type.String({
  maxLength: 1000,
  pattern: "^[ +-;=@A-Z\\[-\\]_a-z]*$",
  description: "XMail's start parameters, like -Pl -Sl -Ql; without quotes and signs that a shell reads",
  "x-rule": "start-line",
});

export const serviceExplain = defineOperation({
  name: "service.explain",
  summary: "Take a start line of XMail apart, and write it as environment, systemd unit and registry file",
  effect: "read",
  input: fields({ line: Type.Optional(StartLine) }),
  output: fields({
    line: Type.String(),
    switches: Type.Array(
      fields({
        flag: Type.String(),
        group: Type.String(),
        takes: Type.String({ description: "nothing, number, path or address" }),
        standard: Type.Union([Type.String(), Type.Null()]),
        many: Type.Boolean(),
        given: Type.Array(Type.String(), {
          description: "Its values; an empty text for one that takes none",
        }),
      }),
    ),
    strange: Type.Array(Type.String(), { description: "What XMail 1.27 does not know" }),
    environment: Type.String(),
    systemd: Type.String(),
    registry: Type.String(),
  }),
  errors: [],
  http: "GET /service/start-line",
  target: () => SERVER,
  async handler(ctx, { line: asked }) {
    const line = (asked ?? (await ctx.xmail.server.program?.startLine()) ?? "").trim();
    const { given, strange } = readStartLine(line);
    const [mailRoot = null] = given.get("-Ms") ?? [];
    // What was read from a file may hold anything; what is to be copied must be safe to copy.
    const plain = /^[ +-;=@A-Z[-\]_a-z]*$/.test(line) ? line : "";
    return {
      line,
      switches: START_SWITCHES.map(({ flag, group, takes, standard, many }) => ({
        flag,
        group,
        takes,
        standard,
        many,
        given: [...(given.get(flag) ?? [])],
      })),
      strange: [...strange],
      ...startTexts(plain, plain === "" ? null : mailRoot),
    };
  },
});
