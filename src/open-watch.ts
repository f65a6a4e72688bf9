import type { News, NewsWay, Watch, WatchBounds } from "./kernel/watch.ts";
import { DEFAULT_BOUNDS } from "./kernel/watch.ts";
import type { WatchMemory } from "./state/watch-file.ts";
import type { WebhookOptions } from "./watch/webhook.ts";
import type { Post } from "./xmail/post.ts";

/** Who is told of news, and from when on. */
export interface WatchWishes {
  readonly mailTo?: readonly string[];
  /** Sender of these mails; the first of `mailTo`, if absent. */
  readonly mailFrom?: string;
  readonly language?: "en" | "ja";
  readonly webhook?: Omit<WebhookOptions, "now">;
  readonly bounds?: Partial<WatchBounds>;
}

interface Means {
  readonly memory: WatchMemory;
  /** Where mail can be given to XMail; `undefined`: nowhere. */
  readonly post: Post | undefined;
  /** Which server it is, in the subject. */
  readonly serverName: string;
  now(): Date;
}

/** Watching as the configuration wishes it, over what the state remembers. */
export function openWatch(
  { mailTo = [], mailFrom, language = "en", webhook, bounds }: WatchWishes,
  { memory, post, serverName, now }: Means,
): Watch {
  const ways: readonly NewsWay[] = [
    ...mailTo.map((to) => ({
      name: `mail:${to}`,
      async tell(news: News) {
        if (!post) return "By the control port alone no mail can be sent.";
        const { newsLetter } = await import("./news-letter.ts");
        await post.send({
          to,
          from: mailFrom ?? to,
          at: now(),
          ...newsLetter(news, language, serverName),
        });
        return null;
      },
    })),
    ...(webhook
      ? [
          {
            name: "webhook",
            async tell(news: News) {
              const { postNews } = await import("./watch/webhook.ts");
              return postNews(news, { ...webhook, now });
            },
          },
        ]
      : []),
  ];
  return watchOver(memory, { ways, bounds: { ...DEFAULT_BOUNDS, ...bounds } });
}

function watchOver(memory: WatchMemory, how: Pick<Watch, "ways" | "bounds">): Watch {
  const nobody = (way: NewsWay): NewsWay => ({ ...way, tell: async () => null });
  return {
    ...how,
    read: memory.read,
    keep: memory.keep,
    rehearsing: () =>
      watchOver({ read: memory.read, keep: async () => undefined }, { ...how, ways: how.ways.map(nobody) }),
  };
}
