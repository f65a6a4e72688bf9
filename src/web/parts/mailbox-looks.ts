import { hasCode } from "../../errors/error.ts";
import { accountTarget } from "../../kernel/target.ts";
import { auditList } from "../../operations/audit/list.ts";
import type { AuditRow } from "../../operations/audit/rows.ts";
import { type Html, html } from "../html.ts";
import type { Ask, Frame } from "../page.ts";
import { moment } from "./moment.ts";
import { shown } from "./shown.ts";

interface Account {
  readonly domain: string;
  readonly name: string;
  readonly address: string;
}

const MOST = 5;

/** Who opened mail of the account lately; `null` for who may not know, and where nothing of it is kept. */
export async function looksInto({ run, may }: Ask, account: Account): Promise<readonly AuditRow[] | null> {
  if (!may.reach("audit.list", accountTarget(account))) return null;
  try {
    const { items } = await run(auditList, {
      object: account.address,
      openedMail: true,
      recent: true,
      limit: MOST,
    });
    return items;
  } catch (error) {
    if (hasCode(error, "STORAGE_UNSUPPORTED") || hasCode(error, "INVALID_INPUT")) return null;
    throw error;
  }
}

export function looksPanel(frame: Frame, { address }: Account, looks: readonly AuditRow[]): Html {
  const { t, link } = frame;
  const all = link("/audit", { object: address, openedMail: "yes" });
  return html`<section class="panel" aria-labelledby="looks"><h2 id="looks">${t.audit.looks}</h2>${
    looks.length === 0
      ? html`<p class="mute small">${t.audit.noLooks}</p>`
      : html`<p class="mute small">${t.audit.looksText}</p><ul class="lines">${looks.map((look) => html`<li>${line(frame, look)}</li>`)}</ul>`
  }<p class="row small"><a href="${all}">${t.audit.allLooks}</a></p></section>`;
}

function line(frame: Frame, { record, at, actor, reason }: AuditRow): Html {
  const { t, link } = frame;
  return html`<a href="${link(`/audit/records/${record}`)}">${moment(frame, at)}</a>${t.listComma}${shown(actor)}<br><span class="small">${
    reason === null ? t.audit.reasonNone : shown(reason)
  }</span>`;
}
