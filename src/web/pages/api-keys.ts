import { apiKeyList } from "../../operations/api-key/api-key.ts";
import { type Html, html } from "../html.ts";
import { definePage, type Frame } from "../page.ts";
import { badge } from "../parts/badge.ts";
import { empty } from "../parts/empty.ts";
import { labelsOf, schemaAttributes } from "../parts/field.ts";
import { flashOf } from "../parts/flash.ts";
import { isNarrowed, type Listed, listing, nothingListed, queryOf } from "../parts/listing.ts";
import { moment } from "../parts/moment.ts";
import { pageHead } from "../parts/page-head.ts";
import { fill, shown } from "../parts/shown.ts";
import { searchBox, toolbar } from "../parts/toolbar.ts";
import { part } from "../paths.ts";
import type { KeyRow } from "../people/key-row.ts";

const PATH = "/api-keys";

/** One's own API keys, and those of the people below. */
export const apiKeysPage = definePage<Listed<KeyRow>>({
  path: PATH,
  async load(ask) {
    const query = queryOf(ask, ["search"]);
    return { query, page: await ask.run(apiKeyList, query) };
  },
  refused: (ask) => nothingListed(queryOf(ask, ["search"])),
  view(data, frame) {
    const { t, may, link } = frame;
    const labels = labelsOf(t, apiKeyList);
    const add =
      may.use("apiKey.add") &&
      html`<a class="btn primary" href="${link("/add-api-key")}">${t.apiKeys.add}</a>`;
    const none = data.page.total === 0 && !isNarrowed(data.query, ["search"]) && !frame.refusal;
    return {
      title: t.apiKeys.title,
      body: html`${pageHead(frame, { title: t.apiKeys.title, lead: t.apiKeys.lead, actions: [!none && add] })}
${flashOf(frame)}
${listing(frame, data, {
  path: PATH,
  caption: t.apiKeys.caption,
  labels,
  toolbar: toolbar(frame, PATH, t.apiKeys.title, [
    searchBox(frame, "search", labels["search"] ?? "", data.query["search"] ?? "", {
      more: schemaAttributes(apiKeyList, "search"),
    }),
  ]),
  filters: { search: t.list.contains },
  columns: [
    { label: t.apiKeys.name, looks: "c-key", cell: ({ name }) => shown(name) },
    { label: t.apiKeys.whose, cell: ({ owner }) => shown(owner.name) },
    { label: t.apiKeys.may, cell: (key) => mayWords(frame, key) },
    { label: t.apiKeys.until, looks: "c-opt", cell: (key) => untilWords(frame, key) },
    { label: t.apiKeys.lastUse, cell: (key) => lastUse(frame, key) },
    {
      label: t.list.remove,
      looks: "c-act",
      cell: ({ id, name }) =>
        may.use("apiKey.remove")
          ? html`<a class="btn sm danger" href="${link(`${PATH}/${part(id)}/remove`)}" aria-label="${t.apiKeys.removeButton}: ${name}">${t.apiKeys.removeButton}</a>`
          : null,
    },
  ],
  none: empty(t.apiKeys.none, t.apiKeys.noneText, [add]),
  noMatch: t.people.noMatch,
})}`,
    };
  },
});

function mayWords({ t }: Frame, { allow, domains, accounts, dryRunOnly }: KeyRow): Html {
  const places = [...domains, ...accounts];
  return html`${
    allow === null
      ? t.apiKeys.everything
      : allow.map((one, at) => html`${at > 0 && t.listComma}${shown(one)}`)
  }${places.length > 0 && html`<br><span class="mute">${places.map((one, at) => html`${at > 0 && t.listComma}${shown(one)}`)}</span>`}${
    dryRunOnly && html` ${badge("info", t.apiKeys.dryRuns, true)}`
  }`;
}

function untilWords({ t }: Frame, { validUntil, over }: KeyRow): Html {
  if (over) return badge("warn", t.people.states.over, true);
  return html`${validUntil === "" ? t.apiKeys.noEnd : validUntil}`;
}

function lastUse(frame: Frame, { lastUsedAt, lastUsedFrom }: KeyRow): Html {
  const { t } = frame;
  if (lastUsedAt === null) return html`${t.apiKeys.neverUsed}`;
  const when = moment(frame, lastUsedAt);
  return lastUsedFrom === "" ? when : fill(t.apiKeys.usedFrom, { when, address: lastUsedFrom });
}
