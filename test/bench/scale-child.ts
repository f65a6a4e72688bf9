import { openXMail } from "../../src/index.ts";
import { local } from "../../src/storage/local.ts";
import { median } from "./timing.ts";

/** Times every list of a large MailRoot in a process of its own, and says what it held; JSON on stdout. */
const [folder = ""] = process.argv.slice(2);
const ROUNDS = 9;
const xmail = await openXMail({ storage: local(folder), offline: true });
const last = await xmail.account.list({ order: "descending", limit: 50 });
const WORK: Readonly<Record<string, () => Promise<{ total: number }>>> = {
  accounts: () => xmail.account.list({}),
  accountsLast: () => xmail.account.list({ cursor: last.next ?? "", order: "descending" }),
  accountsByDomain: () => xmail.account.list({ sort: "domain" }),
  accountsOfDomain: () => xmail.account.list({ domain: "mail0.example.com" }),
  search: () => xmail.account.list({ search: "sato4" }),
  searchNothing: () => xmail.account.list({ search: "nobody-is-called-so" }),
  domains: () => xmail.domain.list({}),
  aliases: () => xmail.alias.list({}),
  aliasSearch: () => xmail.alias.list({ search: "ono-1" }),
};

const times: Record<string, number> = {};
for (const [name, work] of Object.entries(WORK)) {
  await work();
  const taken: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    await work();
    taken.push(performance.now() - start);
  }
  times[name] = median(taken);
}
await xmail.close();
process.stdout.write(JSON.stringify({ times, maxRssKilobytes: process.resourceUsage().maxRSS }));
