import { createServer } from "node:http";
import { createPanel, local, openState, openXMail } from "xmailcfg";
import { toNodeListener } from "xmailcfg/node";

const xmail = await openXMail({
  storage: local("/var/MailRoot"),
  ctrl: { host: "127.0.0.1", account: "admin", password: "control-password" },
});
const state = await openState(local("/var/lib/xmailcfg"));
const server = createServer(toNodeListener(createPanel(xmail, { state })));
server.listen(8080, "127.0.0.1", () => console.log("http://127.0.0.1:8080/"));
