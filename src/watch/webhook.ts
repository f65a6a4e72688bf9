import { createHmac } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Secret } from "../errors/secret.ts";
import type { News } from "../kernel/watch.ts";

export interface WebhookOptions {
  readonly url: string;
  /** Signs what is posted; unsigned, if absent. */
  readonly secret?: Secret;
  now(): Date;
  /** Milliseconds before each further try; one second, then five, if absent. */
  readonly pauses?: readonly number[];
}

const PAUSES_MS = [1_000, 5_000];
const PATIENCE_MS = 10_000;

/**
 * Posts news as JSON. With a secret the header `X-Xmailcfg-Signature` is `t=SECONDS,v1=HEX`: the HMAC-SHA256 of
 * `SECONDS.BODY`, so that nobody else can post, nor post it again later. Tried again after a 429, a 5xx and a broken
 * connection; redirects are not followed. Resolves why it did not arrive; `null`, when it did.
 */
export async function postNews(news: News, options: WebhookOptions): Promise<string | null> {
  const { pauses = PAUSES_MS } = options;
  for (let tried = 0; ; tried += 1) {
    const failure = await tryToPost(JSON.stringify({ source: "xmailcfg", ...news }), options);
    if (failure === null) return null;
    const pause = pauses[tried];
    if (!failure.again || pause === undefined) return failure.reason;
    await wait(pause);
  }
}

interface Failure {
  readonly again: boolean;
  readonly reason: string;
}

async function tryToPost(body: string, { url, secret, now }: WebhookOptions): Promise<Failure | null> {
  const { request } = await import("undici");
  try {
    const { statusCode, body: answer } = await request(url, {
      method: "POST",
      headers: { "content-type": "application/json", ...(secret ? signature(body, secret, now()) : {}) },
      body,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    await answer.dump({ limit: 64 * 1024 });
    if (statusCode >= 200 && statusCode < 300) return null;
    return { again: statusCode === 429 || statusCode >= 500, reason: `answered ${statusCode}` };
  } catch (error) {
    return { again: true, reason: error instanceof Error ? error.message : String(error) };
  }
}

function signature(body: string, secret: Secret, at: Date): Record<string, string> {
  const seconds = Math.floor(at.getTime() / 1000);
  const mac = createHmac("sha256", secret.reveal()).update(`${seconds}.${body}`).digest("hex");
  return { "x-xmailcfg-signature": `t=${seconds},v1=${mac}` };
}
