import { createPanel, openState, openXMail, Secret, sftp } from "xmailcfg";
import { toLambda } from "xmailcfg/lambda";

const password = process.env.CONTROL_PASSWORD ?? "";
const xmail = await openXMail({ ctrl: { host: "mail.example.com", account: "admin", password } });
const files = await sftp({
  host: "mail.example.com",
  user: "xmailcfg",
  root: "/var/lib/xmailcfg",
  hostKey: process.env.SSH_HOST_KEY ?? "",
  privateKey: new Secret(process.env.SSH_KEY ?? ""),
});
export const handler = toLambda(createPanel(xmail, { state: await openState(files) }));
