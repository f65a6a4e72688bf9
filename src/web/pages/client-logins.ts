import { clientLogin, clientLoginHost } from "../../operations/client-login/client-login.ts";
import { html } from "../html.ts";
import { notice } from "../parts/flash.ts";
import { shown } from "../parts/shown.ts";
import { crumbOf, type FileScreens, filePages } from "../rows/file-pages.ts";
import { rowPages } from "../rows/row-pages.ts";
import type { RowScreens } from "../rows/row-screens.ts";

export const clientLoginHosts: FileScreens = {
  path: "/client-logins",
  addPath: "/add-client-login",
  key: "host",
  words: "clientLoginHost",
  list: clientLoginHost.list,
  add: clientLogin.add,
  remove: clientLoginHost.remove,
};

export const clientLogins: RowScreens = {
  operations: clientLogin,
  path: "/client-logins/:host",
  words: "clientLogin",
  columns: ["method", "user"],
  crumbs: (frame) => [crumbOf(clientLoginHosts, frame)],
  above: ({ t }, { params }) =>
    html`<p><span class="mono">${shown(params["host"] ?? "")}</span></p>${notice("info", t.sending.clearText)}`,
};

export const clientLoginPages = [...filePages(clientLoginHosts), ...rowPages(clientLogins)];
