import { accountAdd } from "../../operations/account/add.ts";
import {
  authUserOf,
  isOn,
  limitParts,
  RIGHTS,
  SETTINGS_OF,
  type Setting,
  STOPPED_BY_SUSPENDING,
  settingOf,
  stateOf,
  UNITS,
  type Variable,
} from "../account-settings.ts";
import { type Html, html } from "../html.ts";
import type { Frame } from "../page.ts";
import { accountPath } from "../paths.ts";
import { bytes } from "../text/format.ts";
import type { Account } from "./account-state.ts";
import { check, choice, choices, field, fieldWords, schemaAttributes } from "./field.ts";
import { refusalSummary } from "./flash.ts";
import { formEnd } from "./form.ts";
import { fillText } from "./shown.ts";

type Details = Account & { readonly variables: readonly Variable[] };
/** What the fields need to know of whose settings they are: an account, or the defaults of new ones. */
type Whose = Pick<Details, "kind" | "variables">;

/** Settings that the form shows now: what suspending stopped is given back by resuming, not here. */
export function openSettings(account: Pick<Account, "kind" | "suspended">): Setting[] {
  return SETTINGS_OF[account.kind].filter(
    (setting) => !account.suspended || !STOPPED_BY_SUSPENDING.includes(setting),
  );
}

export function settingLabel(t: Frame["t"], setting: Setting): string {
  if (setting === "realName") return fieldWords(t, accountAdd.name, "realName").label;
  return t.settings[setting];
}

function settingsLabels({ t }: Frame): Record<string, string> {
  return {
    realName: fieldWords(t, accountAdd.name, "realName").label,
    homePage: t.settings.homePage,
    permissions: t.settings.permissions,
    authUser: t.settings.authUser,
    mailboxLimit: t.settings.mailboxLimit,
    messageLimit: t.settings.messageLimit,
    listSender: t.settings.listSender,
  };
}

/** Settings that accounts can begin with. */
export const DEFAULT_SETTINGS: readonly Setting[] = [
  "receive",
  "pop",
  "permissions",
  "scanCur",
  "authUser",
  "mailboxLimit",
  "messageLimit",
  "closed",
  "replyTo",
  "listSender",
];

/** The same fields for what new accounts and lists begin with. */
export function defaultFields(frame: Frame, variables: readonly Variable[]): Html {
  const whose = { kind: "user", variables } as const;
  return html`${servicesPart(frame, whose)}${limitsPart(frame, whose)}${listPart(frame, whose)}${DEFAULT_SETTINGS.map((setting) => shownField(frame, whose, setting))}`;
}

export function settingsForm(given: Frame, account: Details): Html {
  const frame = current(given);
  const { t } = frame;
  const path = accountPath(account);
  return html`${refusalSummary(frame, settingsLabels(frame))}
<form class="flow" method="post" action="${frame.link(path)}">
<fieldset class="sec"><legend>${t.settings.person}</legend>${personFields(frame, account)}</fieldset>
${account.suspended ? html`<p class="small mute">${t.settings.kept}</p>` : servicesPart(frame, account)}
${account.kind === "list" ? listPart(frame, account) : limitsPart(frame, account)}
${formEnd(frame, t.settings.save, { href: frame.link(path), words: t.settings.discard })}${hidden("suspended", stateOf(account.suspended))}${openSettings(account).map((setting) => shownField(frame, account, setting))}
</form>`;
}

/** After `CONFLICT` what was typed answers a question that is no longer asked: the form shows the account as it is. */
function current(frame: Frame): Frame {
  const { refusal } = frame;
  if (refusal?.code !== "CONFLICT") return frame;
  return { ...frame, refusal: { ...refusal, values: new URLSearchParams() } };
}

/** What the form showed, so that saving changes only what was changed here. */
function shownField(frame: Frame, { variables }: Whose, setting: Setting): Html {
  const typed = typedFor(frame, setting);
  // A form that comes back still compares with what it showed at first.
  const value = typed ? typed.get(`was-${setting}`) : settingOf(variables, setting);
  return html`${hidden("shows", setting)}${value !== null && hidden(`was-${setting}`, value)}`;
}

function hidden(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}">`;
}

/** The refused form, where it showed this setting. */
function typedFor({ refusal }: Frame, setting: Setting): URLSearchParams | null {
  return refusal?.values.getAll("shows").includes(setting) ? refusal.values : null;
}

function personFields(frame: Frame, { realName, variables }: Details): Html {
  const { label, help } = fieldWords(frame.t, accountAdd.name, "realName");
  const more = schemaAttributes(accountAdd, "realName");
  return html`${field(frame, "realName", label, { value: realName, help, more })}${field(
    frame,
    "homePage",
    frame.t.settings.homePage,
    {
      value: settingOf(variables, "homePage") ?? "",
      help: frame.t.settings.homePageHelp,
      more: { ...more, inputmode: "url", autocapitalize: "none", spellcheck: "false" },
    },
  )}`;
}

function servicesPart(frame: Frame, account: Whose): Html {
  const { t } = frame;
  const box = (setting: "receive" | "pop") =>
    check("checkbox", setting, "1", t.settings[setting], ticked(frame, account, setting));
  const boxes = account.kind === "list" ? [box("receive")] : [box("receive"), box("pop")];
  return html`<fieldset class="sec"><legend>${t.settings.services}<small>${t.settings.servicesNote}</small></legend>
${choices(frame, "services", t.settings.allowed, boxes)}
${account.kind === "user" && html`${permissionsField(frame, account)}${mailFields(frame, account)}`}</fieldset>`;
}

/** What POP3 offers, and what mail sent tells of its sender. */
function mailFields(frame: Frame, account: Whose): Html {
  const { t } = frame;
  const on = ticked(frame, account, "scanCur");
  const options = [
    { value: "", words: t.settings.serverDefault },
    { value: "0", words: t.settings.authUsers["0"] },
    { value: "1", words: t.settings.authUsers["1"] },
  ];
  return html`${choices(
    frame,
    "mailboxRead",
    t.settings.mailboxRead,
    [check("checkbox", "scanCur", "1", t.settings.scanCur, on)],
    { help: t.settings.scanCurHelp },
  )}${choice(frame, "authUser", t.settings.authUser, options, {
    value: authUserOf(settingOf(account.variables, "authUser")),
    help: t.settings.authUserHelp,
  })}`;
}

function permissionsField(frame: Frame, { variables }: Whose): Html {
  const { t } = frame;
  const typed = typedFor(frame, "permissions");
  const value = settingOf(variables, "permissions");
  const own = typed ? typed.get("permissions") === "own" : value !== null;
  const has = (right: string) =>
    typed ? typed.getAll("right").includes(right) : (value ?? "").includes(right);
  return choices(
    frame,
    "permissions",
    t.settings.permissions,
    [
      check("radio", "permissions", "default", t.settings.serverDefault, !own),
      check("radio", "permissions", "own", t.settings.own, own),
      html`<span class="checks">${RIGHTS.map((right) =>
        check("checkbox", "right", right, t.settings.rights[right], has(right)),
      )}</span>`,
    ],
    { help: t.settings.permissionsHelp },
  );
}

function limitsPart(frame: Frame, account: Whose & Partial<Pick<Details, "mailbox">>): Html {
  const { t } = frame;
  const used = account.mailbox
    ? fillText(t.settings.mailboxLimitHelp, { used: bytes(account.mailbox.bytes) })
    : t.settings.messageLimitHelp;
  return html`<fieldset class="sec"><legend>${t.settings.limits}</legend>
${limitField(frame, account, "mailboxLimit", t.settings.mailboxLimit, used)}
${limitField(frame, account, "messageLimit", t.settings.messageLimit, t.settings.messageLimitHelp)}</fieldset>`;
}

function limitField(
  frame: Frame,
  { variables }: Whose,
  setting: "mailboxLimit" | "messageLimit",
  label: string,
  help: string,
): Html {
  const { amount, unit } = limitParts(settingOf(variables, setting));
  const chosen = frame.refusal?.values.get(`${setting}Unit`) ?? unit;
  const unitLabel = fillText(frame.t.settings.unit, { name: label });
  return field(frame, setting, label, {
    value: amount,
    help,
    optionalMark: false,
    more: { inputmode: "decimal", maxlength: 20, class: "short num" },
    after: html`<select name="${setting}Unit" aria-label="${unitLabel}">${Object.keys(UNITS).map(
      (name) => html`<option${name === chosen && html` selected`}>${name}</option>`,
    )}</select>`,
  });
}

function listPart(frame: Frame, account: Whose): Html {
  const { t } = frame;
  return html`<fieldset class="sec"><legend>${t.settings.list}</legend>
${choices(frame, "posting", t.settings.posting, [
  check("checkbox", "closed", "1", t.settings.closed, ticked(frame, account, "closed")),
  check("checkbox", "replyTo", "1", t.settings.replyTo, ticked(frame, account, "replyTo")),
])}
${field(frame, "listSender", t.settings.listSender, {
  value: settingOf(account.variables, "listSender") ?? "",
  help: t.settings.listSenderHelp,
  more: { inputmode: "email", maxlength: 320, autocapitalize: "none", spellcheck: "false" },
})}</fieldset>`;
}

function ticked(frame: Frame, { variables }: Whose, setting: Setting): boolean {
  const typed = typedFor(frame, setting);
  if (typed) return typed.get(setting) === "1";
  return isOn(setting, settingOf(variables, setting));
}
