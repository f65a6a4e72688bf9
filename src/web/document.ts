import { type Html, html, type Words } from "./html.ts";
import type { HostView, Look } from "./look.ts";
import type { Frame, Screen } from "./page.ts";
import { languageForm } from "./parts/preferences.ts";
import { seeingBanner } from "./parts/seeing.ts";
import { shown } from "./parts/shown.ts";
import { side } from "./parts/side.ts";
import { brand, nameOf, topbar } from "./parts/topbar.ts";

/** A whole page around a screen: with menu for who is signed in, as a small card for who is not. */
export function documentOf(frame: Frame, screen: Screen): Html {
  return frame.me === null ? lean(frame, screen) : full(frame, screen);
}

function full(frame: Frame, screen: Screen): Html {
  return shell(
    frame,
    screen.title,
    html`<body class="app${frame.look && " hosted"}${frame.door && " at-door"}">
<a class="skip" href="#main">${frame.t.frame.skip}</a>
${bars(frame, screen)}
${side(frame)}
<main class="main" id="main" tabindex="-1">
${seeingBanner(frame)}
${screen.body}
</main>
${around(frame.look?.footer(viewOf(frame)), (footer) => html`<footer class="host-end">${footer}</footer>`)}</body>`,
  );
}

/** A page has one banner: the host's, where it has one, and ours is a part of the page then. */
function bars(frame: Frame, screen: Screen): Html {
  const inside = topbar(frame, screen.state);
  const plain = html`<header class="topbar">
${inside}
</header>`;
  const below = html`<div class="topbar" role="region" aria-label="${nameOf(frame)}">
${inside}
</div>`;
  const header = frame.look?.header(viewOf(frame));
  return header
    ? around(header, (words) => html`<header class="host-top">${words}</header>${below}`, plain)
    : plain;
}

/** Puts what the host gives into its place; a promise of it, when it comes. */
function around(
  given: ReturnType<Look["header"]> | undefined,
  place: (words: Words) => Html,
  otherwise: Html | null = null,
): Html {
  if (given instanceof Promise)
    return html`${given.then((words) => (words === null ? otherwise : place(words)))}`;
  return html`${given === undefined || given === null ? otherwise : place(given)}`;
}

function viewOf({ language, theme, me, link, here }: Frame): HostView {
  return { language, theme, me, base: link(""), here };
}

function lean(frame: Frame, screen: Screen): Html {
  return shell(
    frame,
    screen.title,
    html`<body class="signin${frame.door && " at-door"}">
${around(frame.look?.header(viewOf(frame)), (header) => html`<header class="host-top">${header}</header>`)}<main>
<div class="row"><span class="brand">${brand(frame)}</span>${frame.serverName !== null && html`<span class="mute small end">${shown(frame.serverName)}</span>`}</div>
${screen.body}
</main>
<footer>${languageForm(frame)}${around(frame.look?.footer(viewOf(frame)), (footer) => html`<div class="host-end">${footer}</div>`)}</footer>
</body>`,
  );
}

function shell(frame: Frame, title: string, body: Html): Html {
  const { look } = frame;
  const fixed = frame.theme !== "system";
  const prefix = frame.refusal && !frame.refusal.silent ? frame.t.frame.errorTitle : "";
  return html`<!doctype html>
<html lang="${frame.language}"${fixed && html` data-theme="${frame.theme}"`}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="${fixed ? frame.theme : "light dark"}">
<title>${prefix}${title} · ${nameOf(frame)}</title>
<link rel="stylesheet" href="${frame.asset("app.css")}">
${
  frame.door?.style &&
  html`<link rel="stylesheet" href="${frame.door.style}">
`
}${look?.stylesheets.map(
  (sheet) => html`<link rel="stylesheet" href="${frame.asset(sheet)}">
`,
)}<link rel="icon" href="${frame.asset(look?.icon?.asset ?? "icon.svg")}" type="${look?.icon?.type ?? "image/svg+xml"}">
<script src="${frame.asset("app.js")}" defer></script>
</head>
${body}
</html>
`;
}
