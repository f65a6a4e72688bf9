import { local, openXMail, Secret, storagePath, type XMail } from "../../../src/index.ts";

export async function everyNoun(xmail: XMail): Promise<string[]> {
  const { items, total } = await xmail.account.list({ domain: "example.com", limit: 10 });
  await xmail.domain.list();
  await xmail.account.add({ domain: "example.com", name: "hana", password: "correct horse" });
  await xmail.account.setVariables({
    domain: "example.com",
    name: "hana",
    set: [{ name: "A", value: "b" }],
  });
  const { mode } = await xmail.server.status();
  return [...items.map(({ address }) => address), String(total + 1), mode];
}

export const stopped = () => openXMail({ storage: local("/var/MailRoot"), offline: true });
export const running = () =>
  openXMail({ ctrl: { host: "127.0.0.1", account: "root", password: new Secret("s") } });
export const file = storagePath("domains", "example.com");
