import { local, openXMail } from "xmailcfg";

const xmail = await openXMail({
  storage: local("/var/MailRoot"),
  ctrl: { host: "127.0.0.1", account: "admin", password: "control-password" },
});
await xmail.account.add({ domain: "example.com", name: "hana", password: "tall-bridge-42" });
const { items, total } = await xmail.account.list({ domain: "example.com" });
console.log(`${total} account: ${items.map(({ address }) => address).join(", ")}`);
await xmail.close();
