import { defineOperation } from "../../kernel/operation.ts";
import { Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { fields, Nothing, orNull } from "../fields.ts";

export const serviceStatus = defineOperation({
  name: "service.status",
  summary:
    "Say whether XMail runs, what can be told to it, and with which start parameters it is said to run",
  effect: "read",
  input: Nothing,
  output: fields({
    reachable: Type.Boolean(),
    version: orNull(Type.String()),
    mode: Type.String({ description: "ctrl, tab or ctrl+files" }),
    problem: orNull(Type.String({ description: "Error code, when XMail does not answer" })),
    orders: Type.Boolean({ description: "Whether it can be told to stop, fetch and flush" }),
    restart: Type.Boolean({ description: "Whether the configuration names a command that restarts it" }),
    startLine: orNull(Type.String({ description: "Start parameters, where the configuration tells them" })),
  }),
  errors: [],
  http: "GET /service/status",
  target: () => SERVER,
  async handler(ctx) {
    const { server } = ctx.xmail;
    const { reachable, version, mode, problem } = await server.status(ctx);
    return {
      reachable,
      version,
      mode,
      problem,
      orders: mode !== "tab",
      restart: Boolean(server.program?.restart),
      startLine: (await server.program?.startLine()) ?? null,
    };
  },
});
