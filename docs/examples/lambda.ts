import { createPanel, local, openState, openXMail } from "xmailcfg";
import { toLambda } from "xmailcfg/lambda";

const xmail = await openXMail({
  ctrl: { host: "127.0.0.1", account: "admin", password: "control-password" },
});
const state = await openState(local("/mnt/xmailcfg"));
export const handler = toLambda(createPanel(xmail, { state }));
