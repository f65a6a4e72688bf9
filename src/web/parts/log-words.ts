import { cellOf, type LogRowOutput } from "../../operations/log/rows.ts";
import { type Html, html } from "../html.ts";
import type { Frame } from "../page.ts";
import type { Text } from "../text/en.ts";
import { badge } from "./badge.ts";
import { facts } from "./kv.ts";
import { shown } from "./shown.ts";

/** What happened, in words, with what XMail wrote and what to do next. */
export function logEvent({ t }: Frame, row: LogRowOutput): Html {
  const { words, next } =
    row.status === null ? { words: t.logs.unknown, next: null } : t.logs.statuses[row.status];
  const raw = rawStatus(row);
  return html`${words}${row.refused && html` ${badge("warn", t.logs.refused)}`}${row.broken && html` ${badge("warn", t.logs.broken)}`}${
    raw !== "" && html` <span class="mute small mono wrap">${shown(raw)}</span>`
  }${next !== null && html`<br><span class="mute small">${next}</span>`}`;
}

function rawStatus(row: LogRowOutput): string {
  return cellOf(row, "status") || cellOf(row, "medium") || cellOf(row, "info") || cellOf(row, "exitCode");
}

/** From whom to whom, as far as the line tells. */
export function logParties(row: LogRowOutput): Html | string {
  const sender = cellOf(row, "sender");
  const recipient = cellOf(row, "parameter") || cellOf(row, "recipient");
  if (sender === "" && recipient === "") return accountOf(row) || "–";
  return html`${sender !== "" && shown(sender)}${recipient !== "" && html` → ${shown(recipient)}`}`;
}

/** Who signed in, or whose mail was fetched: XMail keeps name and domain apart. */
function accountOf(row: LogRowOutput): Html | string {
  const [user, domain] = [cellOf(row, "user"), cellOf(row, "domain").replace(/^[@?&]/, "")];
  if (user === "") return "";
  return shown(user.includes("@") || domain === "" ? user : `${user}@${domain}`);
}

/** Every cell of a line, folded away. */
export function logCells(t: Text, row: LogRowOutput): Html {
  return html`<details><summary>${t.logs.whole}</summary>${facts(
    [
      ...row.cells.map(({ column, text }) => [t.logs.columns[column], shown(text)] as const),
      [t.logs.file, html`<span class="mono wrap">${row.file}:${String(row.offset)}</span>`],
    ],
    true,
  )}</details>`;
}
