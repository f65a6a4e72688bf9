import { createClient } from "xmailcfg/client";

const xmail = createClient({ url: "http://127.0.0.1:8080", key: "xmc_your-key" });
await xmail.alias.add({ domain: "example.com", alias: "sales", target: "hana" });
const { items } = await xmail.alias.list({ domain: "example.com" });
console.log(items.map(({ alias, target }) => `${alias} -> ${target}`).join("\n"));
