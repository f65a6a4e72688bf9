import express from "express";
import { createPanel, local, openState, openXMail } from "xmailcfg";
import { toExpress } from "xmailcfg/express";

const xmail = await openXMail({
  storage: local("/var/MailRoot"),
  ctrl: { host: "127.0.0.1", account: "admin", password: "control-password" },
});
const state = await openState(local("/var/lib/xmailcfg"));
const app = express();
app.use("/mail", toExpress(createPanel(xmail, { state })));
app.listen(8080, "127.0.0.1", () => console.log("http://127.0.0.1:8080/mail/"));
