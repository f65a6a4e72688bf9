import { createServer } from "node-fastcgi";
import { createPanel, local, openState, openXMail } from "xmailcfg";
import { toNodeListener } from "xmailcfg/node";

const xmail = await openXMail({
  storage: local("/var/MailRoot"),
  ctrl: { host: "127.0.0.1", account: "admin", password: "control-password" },
});
const state = await openState(local("/var/lib/xmailcfg"));
const panel = createPanel(xmail, { state, basePath: "/mail" });
const server = createServer(toNodeListener(panel));
server.listen(9000, "127.0.0.1", () => console.log("FastCGI on 127.0.0.1:9000"));
