import { serve } from "@hono/node-server";
import { getConnInfo } from "@hono/node-server/conninfo";
import { Hono } from "hono";
import { createPanel, local, openState, openXMail } from "xmailcfg";

const xmail = await openXMail({ storage: local("/var/MailRoot"), offline: true });
const state = await openState(local("/var/lib/xmailcfg"));
const panel = createPanel(xmail, { state, basePath: "/mail" });
const app = new Hono();
app.all("/mail/*", (c) => panel(c.req.raw, { address: getConnInfo(c).remote.address ?? "" }));
serve({ fetch: app.fetch, port: 8080, hostname: "127.0.0.1" }, () =>
  console.log("http://127.0.0.1:8080/mail/"),
);
