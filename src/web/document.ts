import { type Html, html } from "./html.ts";
import type { Frame, Screen } from "./page.ts";
import { languageForm } from "./parts/preferences.ts";
import { shown } from "./parts/shown.ts";
import { side } from "./parts/side.ts";
import { topbar } from "./parts/topbar.ts";

/** A whole page around a screen: with menu for who is signed in, as a small card for who is not. */
export function documentOf(frame: Frame, screen: Screen): Html {
  return frame.me === null ? lean(frame, screen) : full(frame, screen);
}

function full(frame: Frame, screen: Screen): Html {
  return shell(
    frame,
    screen.title,
    html`<body class="app">
<a class="skip" href="#main">${frame.t.frame.skip}</a>
${topbar(frame, screen.state)}
${side(frame)}
<main class="main" id="main" tabindex="-1">
${screen.body}
</main>
</body>`,
  );
}

function lean(frame: Frame, screen: Screen): Html {
  return shell(
    frame,
    screen.title,
    html`<body class="signin">
<main>
<div class="row"><span class="brand">xmailcfg</span>${frame.serverName !== null && html`<span class="mute small end">${shown(frame.serverName)}</span>`}</div>
${screen.body}
</main>
<footer>${languageForm(frame)}</footer>
</body>`,
  );
}

function shell(frame: Frame, title: string, body: Html): Html {
  const fixed = frame.theme !== "system";
  const prefix = frame.refusal ? frame.t.frame.errorTitle : "";
  return html`<!doctype html>
<html lang="${frame.language}"${fixed && html` data-theme="${frame.theme}"`}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="${fixed ? frame.theme : "light dark"}">
<title>${prefix}${title} · xmailcfg</title>
<link rel="stylesheet" href="${frame.asset("app.css")}">
<link rel="icon" href="${frame.asset("icon.svg")}" type="image/svg+xml">
<script src="${frame.asset("app.js")}" defer></script>
</head>
${body}
</html>
`;
}
