#!/usr/bin/env node
import { createPanel, local, openState, openXMail } from "xmailcfg";
import { runCgi } from "xmailcfg/cgi";

const xmail = await openXMail({
  storage: local("/var/MailRoot"),
  ctrl: { host: "127.0.0.1", account: "admin", password: "control-password" },
});
const state = await openState(local("/var/lib/xmailcfg"));
await runCgi(createPanel(xmail, { state }));
await xmail.close();
