import { fail } from "../../errors/error.ts";
import type { Static } from "../../kernel/schema.ts";
import { serverSettingList } from "../../operations/server-setting/list.ts";
import type { ServerSetting } from "../../operations/server-setting/rows.ts";
import { serverSettingSet } from "../../operations/server-setting/set.ts";
import { type Html, html } from "../html.ts";
import { type Ask, definePage, type Frame } from "../page.ts";
import { confirmField } from "../parts/confirm-field.ts";
import { empty } from "../parts/empty.ts";
import { field } from "../parts/field.ts";
import { flashOf, refusalSummary } from "../parts/flash.ts";
import { formEnd } from "../parts/form.ts";
import { pageHead } from "../parts/page-head.ts";
import { fill } from "../parts/shown.ts";
import { tabs } from "../parts/tabs.ts";
import { searchBox, toolbar } from "../parts/toolbar.ts";
import { partRows, settingField, settingLabel } from "../server/setting-field.ts";
import {
  isListener,
  isParted,
  LISTENER,
  listenerOf,
  requireRevision,
  SPARE,
  settingChanges,
} from "../server/setting-form.ts";

const PATH = "/server-settings";
/** `unknown`: what XMail does not know. */
const GROUPS = ["identity", "delivery", "limits", "smtp", "pop3", "tls", "bounces", "dns", "unknown"];

export interface ServerSettingsData {
  readonly group: string;
  readonly search: string;
  readonly revision: string;
  readonly items: Static<typeof serverSettingList.output>["items"];
}

/** All settings that contain a text, or those of the first group. */
export const serverSettingsPage = definePage<ServerSettingsData>({
  path: PATH,
  load: (ask) => load(ask, "identity"),
  view,
  submit,
});

export const serverSettingGroupPage = definePage<ServerSettingsData>({
  path: `${PATH}/:group`,
  load: (ask) => load(ask, ask.params["group"] ?? ""),
  view,
  submit,
});

async function load(ask: Ask, group: string): Promise<ServerSettingsData> {
  const search = (ask.visit.query.get("search") ?? "").trim().slice(0, 200);
  const { revision, items } = await ask.run(serverSettingList, {});
  if (!GROUPS.includes(group)) fail("NOT_FOUND");
  return { group, search, revision, items };
}

function pathOf(group: string): string {
  return `${PATH}/${encodeURIComponent(group)}`;
}

function view(data: ServerSettingsData, given: Frame) {
  const frame = fresh(given);
  const { t } = frame;
  const words = t.serverSettings;
  const groups: Readonly<Record<string, string>> = words.groups;
  const { search } = data;
  const found =
    search === "" ? data.items.filter(({ group }) => group === data.group) : matching(data, frame);
  const views = Object.entries(groups).map(([group, label]) => ({
    href: frame.link(pathOf(group)),
    words: label,
    current: search === "" && group === data.group,
  }));
  const title = search === "" ? `${words.title}: ${groups[data.group]}` : words.results;
  return {
    title,
    body: html`${pageHead(frame, { title: words.title, lead: words.lead })}
${flashOf(frame)}
${toolbar(frame, PATH, words.search, [searchBox(frame, "search", words.search, search, {})])}
${tabs(words.views, views)}
${form(frame, data, found)}`,
  };
}

/** After `CONFLICT` what was typed answers what is no longer asked. */
function fresh(frame: Frame): Frame {
  const { refusal } = frame;
  return refusal?.code === "CONFLICT"
    ? { ...frame, refusal: { ...refusal, values: new URLSearchParams() } }
    : frame;
}

/** Words of people, and XMail's own. */
function matching({ items, search }: ServerSettingsData, { t }: Frame): ServerSetting[] {
  const wanted = search.toLowerCase();
  const variables: Readonly<Record<string, { help: string }>> = t.serverSettings.variables;
  return items.filter(({ name, value }) =>
    `${name} ${value ?? ""} ${settingLabel(t, name)} ${variables[name]?.help ?? ""}`
      .toLowerCase()
      .includes(wanted),
  );
}

function form(frame: Frame, data: ServerSettingsData, found: readonly ServerSetting[]): Html {
  const { t, may } = frame;
  const words = t.serverSettings;
  const { group, search } = data;
  const isUnknown = search === "" && group === "unknown";
  const shown = found.filter((one) => !isListener(one) || !isParted(one));
  const listeners = found.filter((one) => isListener(one) && isParted(one));
  const hasListeners = (search === "" && group === "smtp") || listeners.length > 0;
  if (shown.length === 0 && !hasListeners && !isUnknown) {
    return empty(fill(words.none, { text: search }), words.lead);
  }
  const labels = {
    ...Object.fromEntries(found.map(({ name }) => [name, settingLabel(t, name)])),
    [LISTENER]: words.listeners,
    newName: words.newName,
    confirm: t.confirm.short,
  };
  const action = search === "" ? frame.link(pathOf(group)) : frame.link(PATH, { search });
  return html`${refusalSummary(frame, labels)}
<form class="flow" method="post" action="${action}"><input type="hidden" name="revision" value="${data.revision}">
${isUnknown && html`<p class="mute">${words.unknownLead}</p>`}
${isUnknown && shown.length === 0 && html`<p>${words.nothingUnknown}</p>`}
${shown.map((one) => settingField(frame, one))}
${hasListeners && listenerFields(frame, listeners)}
${isUnknown && newFields(frame)}
${confirmField(frame)}
<p class="small mute">${words.waits}</p>
${may.use(serverSettingSet.name) && formEnd(frame, words.save, { href: action, words: words.discard })}
</form>`;
}

function listenerFields(frame: Frame, listeners: readonly ServerSetting[]): Html {
  const { t } = frame;
  const { parts } = t.serverSettings;
  const columns = [
    { name: "address", label: t.serverSettings.listenerAddress, values: [] },
    { name: "port", label: parts.port, values: [] },
    { name: "mailAuth", label: parts.mailAuth, values: ["1"] },
    { name: "wantTls", label: parts.wantTls, values: ["1"] },
  ];
  return html`<div class="field" role="group" aria-labelledby="f-${LISTENER}-l" id="f-${LISTENER}"><span class="label" id="f-${LISTENER}-l">${t.serverSettings.listeners}</span><div class="control"><input type="hidden" name="shows" value="${LISTENER}">${partRows(frame, LISTENER, columns, listeners.map(listenerOf), listeners.length + SPARE)}<span class="help">${t.serverSettings.listenersHelp} ${t.serverSettings.spare}</span></div></div>`;
}

function newFields(frame: Frame): Html {
  const words = frame.t.serverSettings;
  return html`<fieldset class="sec"><legend>${words.newVariable}</legend>
${field(frame, "newName", words.newName, { optionalMark: false, more: { maxlength: 100, spellcheck: "false" } })}
${field(frame, "newValue", words.newValue, { optionalMark: false, more: { maxlength: 1500, spellcheck: "false" } })}</fieldset>`;
}

async function submit(ask: Ask) {
  const { form: typed } = ask.visit;
  const { revision, items } = await ask.run(serverSettingList, {});
  requireRevision(typed, revision);
  const { set, unset } = settingChanges(typed, items);
  const name = (typed.get("newName") ?? "").trim();
  const added = name === "" ? [] : [{ name, value: (typed.get("newValue") ?? "").trim() }];
  const confirm = (typed.get("confirm") ?? "").trim();
  const to = ask.params["group"] === undefined ? PATH : pathOf(ask.params["group"]);
  const query = ask.params["group"] === undefined ? { search: ask.visit.query.get("search") } : {};
  if (set.length + unset.length + added.length === 0) return { to, query };
  await ask.run(serverSettingSet, {
    set: [...set, ...added],
    unset,
    revision,
    ...(confirm === "" ? {} : { confirm }),
  });
  return { to, query, flash: { tone: "ok" as const, text: "settingsSaved" } };
}
