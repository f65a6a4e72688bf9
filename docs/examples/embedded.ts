import { randomBytes } from "node:crypto";
import express from "express";
import { createPanel, local, openState, openXMail } from "xmailcfg";
import { toExpress } from "xmailcfg/express";
import { html, link } from "xmailcfg/web";

// What a control panel has of its own: customers, and a session for each that is signed in.
const customers = new Map([["hoshino", { password: "quiet-river-1977", domain: "example.com" }]]);
const sessions = new Map();
const sessionOf = (cookie = "") => sessions.get(/(?:^|; )hosting=([\w-]+)/.exec(cookie)?.[1]) ?? null;

const xmail = await openXMail({
  storage: local("/var/MailRoot"),
  ctrl: { host: "127.0.0.1", account: "admin", password: "control-password" },
});
const state = await openState(local("/var/lib/xmailcfg"));
const mail = createPanel(xmail, {
  state,
  // Who asks, by the control panel's own cookie; he may do in his domain what the grants say, and no more.
  async authenticate(request) {
    const session = sessionOf(request.headers.get("cookie") ?? "");
    if (session === null || session.ends < Date.now()) return null;
    const { id, name, domain } = session;
    const allow = ["domain.list", "domain.get", "account.*", "alias.*"];
    return { id, name, actor: { id: name, name, grants: [{ allow, on: { kind: "domain", domain } }] } };
  },
  signInUrl: "/login?next={next}",
  signOutUrl: "/logout",
  look: {
    name: "Hoshi Mail",
    colours: {
      accent: { light: "#0b6b53", dark: "#7fdcc0" },
      accentSurface: { light: "#e4f4ee", dark: "#10322a" },
      button: { light: "#0b6b53", dark: "#0f7a5f" },
      buttonHover: { light: "#08513f", dark: "#0b6b53" },
    },
    stylesheet: ".hoshi { display: flex; flex-wrap: wrap; gap: 0 1.5rem; } .hoshi strong { flex: 1 0 auto; }",
    header: html`<nav class="hoshi" aria-label="Hoshi Hosting"><strong>Hoshi Hosting</strong>
${link("/", "Home")} ${link("/mail/", "Mail")} ${link("/billing", "Billing")}</nav>`,
    footer: html`Hoshi Hosting · ${link("https://www.hoshi.example/help", "Help")}`,
    menu: {
      hide: ["lists", "mailRoute"],
      title: { en: "Hosting", ja: "ホスティング" },
      add: [{ words: { en: "Back to the control panel", ja: "管理画面に戻る" }, href: "/" }],
    },
  },
});

const app = express();
app.use(express.urlencoded({ extended: false }));
app.get("/login", (request, response) => {
  const next = String(request.query["next"] ?? "/");
  response.send(
    String(html`<!doctype html><title>Hoshi Hosting</title><form method="post" action="/login">
<input type="hidden" name="next" value="${next}"><label>Name <input name="name"></label>
<label>Password <input name="password" type="password"></label><button>Sign in</button></form>`),
  );
});
app.post("/login", (request, response) => {
  const { name, password, next } = request.body;
  const customer = customers.get(name);
  if (customer === undefined || customer.password !== password)
    return response.status(401).send("Name or password is wrong.");
  const id = randomBytes(18).toString("base64url");
  sessions.set(id, { id, name, domain: customer.domain, ends: Date.now() + 3_600_000 });
  response.cookie("hosting", id, { httpOnly: true, sameSite: "lax" });
  return response.redirect(/^\/(?![/\\])/.test(next) ? next : "/");
});
app.get("/logout", (request, response) => {
  sessions.delete(sessionOf(request.headers.cookie)?.id);
  response.clearCookie("hosting").redirect("/login");
});
app.get("/", (_, response) => response.send('<a href="/mail/">Mail</a>'));
app.use("/mail", toExpress(mail));
app.listen(8080, "127.0.0.1", () => console.log("http://127.0.0.1:8080/mail/"));
