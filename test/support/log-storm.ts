import { randomFrom } from "./random.ts";

export interface StormOptions {
  readonly seed: number;
  /** Domains of this server. */
  readonly domains?: readonly string[];
  /** First second of the log. */
  readonly begins?: string;
  /** Of a hundred messages, how many the stolen account sends; 0 before the storm. */
  readonly storm?: number;
}

/** Makes lines of an SMTP log that can be had again by their seed: everyday mail, refusals, and one stolen account. */
export function stormLines({
  seed,
  domains = ["example.com", "example.jp"],
  begins = "2026-11-24 00:00:00",
  storm = 70,
}: StormOptions): () => string {
  const random = randomFrom(seed);
  const below = (most: number) => Math.floor(random() * most);
  const from = <T>(all: readonly T[]): T => all[below(all.length)] as T;
  let second = Date.parse(`${begins.replace(" ", "T")}Z`) / 1000;
  let stamp = begins;
  let id = 0x1000;
  let waiting: string[] = [];
  return () => {
    if (waiting.length > 0) return waiting.shift() as string;
    if (below(4) === 0) {
      second += 1;
      stamp = new Date(second * 1000).toISOString().slice(0, 19).replace("T", " ");
    }
    const local = from(domains);
    const stolen = below(100) < storm;
    const ip = stolen ? `203.0.113.${below(250)}` : `198.51.${below(100)}.${below(250)}`;
    const sender = stolen
      ? `win${below(900)}@prize.example`
      : `user${below(5000)}@partner${below(50)}.example.org`;
    const recipient = stolen
      ? `victim${below(100_000)}@far${below(400)}.example.net`
      : `user${below(300)}@${local}`;
    const line = (status: string, key: string, size: number) =>
      [
        "mx1.example.com",
        "example.com",
        ip,
        stamp,
        stolen ? "[10.0.0.2]" : `mail${below(50)}.example.org`,
        stolen ? "" : local,
        sender,
        recipient,
        key,
        status,
        stolen ? "alice@example.com" : "",
        String(size),
        "",
      ]
        .map((cell) => `"${cell}"`)
        .join("\t");
    if (!stolen && below(10) < 4) {
      return line(
        from(["RCPT=EAVAIL", "RCPT=ERELAY", "SNDRIP=EIPSPAM", "AUTH=EFAIL:TYPE=LOGIN", "SMTP=ESSL"]),
        "",
        0,
      );
    }
    id += 1;
    const key = `S${id.toString(16).toUpperCase()}`;
    waiting = [line("RECV=OK", key, 400 + below(50_000))];
    return line("RCPT=OK", key, 0);
  };
}

/** About so many bytes of them. */
export function stormLog(options: StormOptions & { readonly bytes: number }): Buffer {
  const next = stormLines(options);
  const lines: string[] = [];
  for (let size = 0; size < options.bytes; ) {
    const line = next();
    lines.push(line);
    size += line.length + 1;
  }
  return Buffer.from(`${lines.join("\n")}\n`);
}
