import fastify from "fastify";
import { createPanel, local, openState, openXMail } from "xmailcfg";
import { toNodeListener } from "xmailcfg/node";

const xmail = await openXMail({ storage: local("/var/MailRoot"), offline: true });
const state = await openState(local("/var/lib/xmailcfg"));
const panel = toNodeListener(createPanel(xmail, { state, basePath: "/mail" }));
const app = fastify();
app.removeAllContentTypeParsers();
app.addContentTypeParser("*", (_request, _body, done) => done(null)); // the panel reads bodies itself
app.all("/mail/*", (request, reply) => panel(request.raw, reply.hijack().raw));
await app.listen({ port: 8080, host: "127.0.0.1" });
console.log("http://127.0.0.1:8080/mail/");
