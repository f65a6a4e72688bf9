import { fail } from "../../errors/error.ts";
import type { Context } from "../../kernel/context.ts";
import { defineOperation } from "../../kernel/operation.ts";
import { type Static, Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import type { NewsWay, Watch, WatchKept } from "../../kernel/watch.ts";
import { fields, Nothing, orNull } from "../fields.ts";
import { LookRow, seconds, ToldRow } from "./fields.ts";
import { lookAround, lookRow } from "./look.ts";
import { hasNews, newsIn } from "./news.ts";

export const watchRun = defineOperation({
  name: "watch.run",
  summary: "Look at everything, keep what was found, and tell by mail and webhook only what has changed",
  effect: "write",
  input: fields({
    seconds,
    quiet: Type.Optional(Type.Boolean({ description: "Keep the look for the overview and tell nobody" })),
  }),
  output: fields({ look: LookRow, told: Type.Array(ToldRow) }),
  errors: ["BAD_CONFIG"],
  http: "POST /watch/run",
  ofOurs: true,
  target: () => SERVER,
  async handler(ctx, { seconds: within, quiet = false }) {
    const watch = watchOf(ctx);
    const look = await lookAround(ctx, within);
    const { told } = await watch.read();
    await watch.keep((kept) => ({ ...kept, look }));
    const ways = quiet ? [] : watch.ways;
    const rows: Static<typeof ToldRow>[] = [];
    for (const way of ways) {
      const compared = newsIn(look, told[way.name] ?? []);
      const failure = hasNews(compared.news) ? await tell(ctx, way, compared.news) : null;
      const { begun, over } = compared.news;
      rows.push({ way: way.name, begun: begun.length, over: over.length, failure });
      // Who was not told hears of it the next time.
      if (failure === null) await watch.keep((kept) => withTold(kept, way.name, compared.told));
    }
    return { look: lookRow(look), told: rows };
  },
  tellsFault: ({ look, told }) => look.problems.length > 0 || told.some(({ failure }) => failure !== null),
});

export const watchGet = defineOperation({
  name: "watch.get",
  summary: "Show the look that was kept last, and who is told of news",
  effect: "read",
  input: Nothing,
  output: fields({ look: orNull(LookRow), ways: Type.Array(Type.String()) }),
  errors: ["BAD_CONFIG"],
  http: "GET /watch",
  target: () => SERVER,
  async handler(ctx) {
    const watch = watchOf(ctx);
    const { look } = await watch.read();
    return { look: look && lookRow(look), ways: watch.ways.map(({ name }) => name) };
  },
});

/** `BAD_CONFIG` where nothing can be kept. */
function watchOf({ watch }: Context): Watch {
  return watch ?? fail("BAD_CONFIG", "state is missing: what was seen, and told, is kept there.");
}

async function tell({ log, requestId }: Context, way: NewsWay, news: Parameters<NewsWay["tell"]>[0]) {
  const failure = await way.tell(news).catch((error: unknown) => {
    log.warn({ error, way: way.name, requestId }, "nobody was told of news");
    return error instanceof Error ? error.message : String(error);
  });
  return failure;
}

function withTold(kept: WatchKept, way: string, told: WatchKept["told"][string]): WatchKept {
  return { ...kept, told: { ...kept.told, [way]: told } };
}
