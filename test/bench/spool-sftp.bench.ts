import { join } from "node:path";
import { Secret } from "../../src/errors/secret.ts";
import { openSpool } from "../../src/spool/open.ts";
import { storagePath } from "../../src/storage/path.ts";
import { sftp } from "../../src/storage/sftp/sftp.ts";
import { startProxy } from "../live/proxy.ts";
import { startSshd } from "../live/sftp/server.ts";
import { writeLargeSpool } from "../support/large-spool.ts";
import type { Benchmark } from "./report.ts";
import { median, timeOf } from "./timing.ts";

const MESSAGES = 2_000;
/** Read one after the other, so that it does not take minutes; counted for all. */
const SAMPLE = 200;
/** Milliseconds each way: a server in the same country. */
const DELAY_MS = 2;
const ROUNDS = 3;

/** The queue of another machine grouped, against reading its messages one request after the other. */
export async function benchmarks(): Promise<Benchmark[]> {
  const server = await startSshd({ extensions: true });
  const proxy = await startProxy(server.port);
  const { user, hostKey, privateKey, folder } = server;
  const now = new Date();
  const root = join(folder, "root");
  await writeLargeSpool(root, { messages: MESSAGES, seed: 7, now });
  const key = new Secret(privateKey);
  const storage = await sftp({ host: "127.0.0.1", port: proxy.port, user, hostKey, privateKey: key, root });
  try {
    proxy.weather({ delayMs: DELAY_MS });
    const spool = openSpool(storage, null);
    const { items } = await spool.page({ filter: "", now, limit: SAMPLE });
    const paths = items.map(({ id, state }) => {
      const [level1 = "", level2 = "", ...name] = id.split("_");
      return storagePath("spool", level1, level2, STAGES[state] ?? "mess", name.join("_"));
    });
    const ours: number[] = [];
    const single: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      single.push(
        await timeOf(async () => {
          for (const path of paths) await storage.read(path);
        }),
      );
      ours.push(
        await timeOf(async () => {
          const { messages } = await spool.shape({ filter: "", now, by: "auth", most: 20 });
          if (messages !== MESSAGES) throw new Error(`${messages} of ${MESSAGES} messages were seen`);
        }),
      );
    }
    const all = (median(single) / paths.length) * MESSAGES;
    return [
      {
        name: "spool-shape-sftp",
        ratio: median(ours) / all,
        bound: 0.2,
        reference: `${MESSAGES} messages read one after the other, ${DELAY_MS} ms away: ${Math.round(all)} ms, ours ${Math.round(median(ours))} ms`,
      },
    ];
  } finally {
    await storage.close();
    await proxy.close();
    await server.stop();
  }
}

const STAGES: Readonly<Record<string, string>> = { ready: "mess", retry: "rsnd", frozen: "froz" };
