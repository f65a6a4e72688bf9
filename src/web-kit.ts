/**
 * `xmailcfg/web`: what a page is made of, for plugins and for hosts that put something around the panel. Ours are made
 * of nothing else.
 */
export { inputFrom } from "./web/form-input.ts";
export { type Html, html, type Words } from "./web/html.ts";
export { link } from "./web/link.ts";
export {
  type Ask,
  type Done,
  definePage,
  type Frame,
  type Page,
  type Params,
  type Query,
  type Refusal,
  type Screen,
} from "./web/page.ts";
export { badge } from "./web/parts/badge.ts";
export { confirmation, type Question } from "./web/parts/confirm.ts";
export { empty } from "./web/parts/empty.ts";
export { check, choice, choices, field, labelsOf, operationField } from "./web/parts/field.ts";
export { flashOf, notice, refusalSummary } from "./web/parts/flash.ts";
export { formEnd, postButton, token } from "./web/parts/form.ts";
export { facts } from "./web/parts/kv.ts";
export { moment } from "./web/parts/moment.ts";
export { pageHead } from "./web/parts/page-head.ts";
export { pager } from "./web/parts/pager.ts";
export { fill, fillText, shown, visible } from "./web/parts/shown.ts";
export { stats } from "./web/parts/stats.ts";
export { type Column, table } from "./web/parts/table.ts";
export { tabs } from "./web/parts/tabs.ts";
export { accountPath, domainPath, part } from "./web/paths.ts";
export { bytes, clock, count, day, percent } from "./web/text/format.ts";
export type { Language, Theme } from "./web/text/language.ts";
export { requireTyped } from "./web/typed-confirmation.ts";
