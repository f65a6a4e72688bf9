import { AppError, fail, hasCode } from "../../errors/error.ts";
import { problemsOf, type Static } from "../../kernel/schema.ts";
import { domainTarget } from "../../kernel/target.ts";
import { accountGet } from "../../operations/account/get.ts";
import { accountSetVariables } from "../../operations/account/set-variables.ts";
import { fields, VariableName, VariableValue } from "../../operations/fields.ts";
import { SETTINGS, SETTINGS_OF } from "../account-settings.ts";
import { type Html, html } from "../html.ts";
import { definePage, type Frame } from "../page.ts";
import { accountHead } from "../parts/account-frame.ts";
import { empty } from "../parts/empty.ts";
import { field, schemaAttributes } from "../parts/field.ts";
import { refusalSummary } from "../parts/flash.ts";
import { formEnd, postButton } from "../parts/form.ts";
import { fillText, shown, visible } from "../parts/shown.ts";
import { table } from "../parts/table.ts";
import { accountPath } from "../paths.ts";

type Account = Static<typeof accountGet.output>;

/** One variable, as the form asks for it. */
const ONE = {
  name: accountSetVariables.name,
  input: fields({ name: VariableName, value: VariableValue }),
};

export const accountVariablesPage = definePage<Account>({
  path: "/accounts/:domain/:name/variables",
  load: ({ run, params }) => run(accountGet, params),
  view(account, frame) {
    const { t } = frame;
    const mayChange = frame.may.reach("account.setVariables", domainTarget(account.domain));
    const rows = others(account);
    return {
      title: `${t.variables.title}: ${visible(account.address)}`,
      body: html`${accountHead(frame, account, "variables")}
<section class="flow" aria-labelledby="held"><h2 id="held">${t.variables.title}</h2><p class="mute">${t.variables.lead}</p>
${rows.length === 0 ? empty(t.variables.none, t.variables.noneText) : html`<div class="framed">${variableTable(frame, account, rows, mayChange)}</div>`}</section>
${mayChange && setForm(frame, account)}`,
    };
  },
  editable: (account) => others(account).map(({ name, value }) => ({ name, label: name, value })),
  wanted: wantedVariable,
  async submit({ run, params, visit }) {
    const { form } = visit;
    const { domain, name } = await run(accountGet, params);
    const to = accountPath({ domain, name }, "/variables");
    const unset = form.get("unset");
    if (unset !== null) {
      await run(accountSetVariables, { domain, name, unset: [unset] });
      return { to, flash: { tone: "ok", text: "variableUnset", values: { variable: unset } } };
    }
    const wanted = { name: (form.get("variable") ?? "").trim(), value: (form.get("value") ?? "").trim() };
    const problems = problemsOf(ONE.input, wanted).map(atField);
    if (problems.length > 0) fail("INVALID_INPUT", undefined, { fields: problems });
    await run(accountSetVariables, { domain, name, set: [wanted] }).catch(blameValue);
    return { to, flash: { tone: "ok", text: "variableSet", values: { variable: wanted.name } } };
  },
});

function wantedVariable(form: URLSearchParams): Record<string, string> {
  const name = form.get("unset") ?? form.get("variable")?.trim() ?? "";
  return { [name]: form.get("value")?.trim() ?? "" };
}

/** The form calls its field `variable`: `name` is the account's. */
function atField(problem: { field: string; rule: string; message: string }) {
  return problem.field === "name" ? { ...problem, field: "variable" } : problem;
}

/** Rules of the operation that are about the variable, not about its value. */
const ABOUT_THE_NAME: readonly string[] = ["reserved", "spelling", "suspended"];

/** The operation speaks of its list `set`, the line to XMail of an argument; here is one entry, with two fields. */
function blameValue(error: unknown): never {
  if (hasCode(error, "VALUE_NOT_SENDABLE")) {
    const { code, message, internal } = error;
    throw new AppError(code, message, {
      fields: [{ field: "value", rule: code, message }],
      internal,
      cause: error,
    });
  }
  if (!hasCode(error, "INVALID_INPUT")) throw error;
  const fieldsAtFault = error.fields.map((problem) => ({
    ...problem,
    field: ABOUT_THE_NAME.includes(problem.rule) ? "variable" : "value",
  }));
  throw new AppError("INVALID_INPUT", error.message, { fields: fieldsAtFault });
}

/** All but those with a place of their own among the settings. */
function others({ variables, kind }: Account): Account["variables"] {
  const settings: readonly string[] = SETTINGS_OF[kind].map((setting) => SETTINGS[setting]);
  return variables.filter(({ name }) => !settings.includes(name));
}

function variableTable(frame: Frame, account: Account, rows: Account["variables"], mayChange: boolean): Html {
  const { t } = frame;
  return table(
    t.variables.caption,
    [
      { label: t.variables.name, looks: "c-key mono", cell: (row: (typeof rows)[number]) => shown(row.name) },
      { label: t.variables.value, looks: "c-wide", cell: (row) => shown(row.value) },
      ...(mayChange ? [{ label: t.variables.unset, looks: "c-act", cell: unsetButton }] : []),
    ],
    rows,
  );
  function unsetButton({ name }: { name: string }): Html {
    return postButton(frame, accountPath(account, "/variables"), t.variables.unset, {
      looks: "btn sm",
      label: fillText(t.variables.unsetLabel, { name }),
      fields: { unset: name },
    });
  }
}

function setForm(frame: Frame, account: Account): Html {
  const { t } = frame;
  const labels = { variable: t.variables.name, value: t.variables.value };
  const action = frame.link(accountPath(account, "/variables"));
  return html`<section class="flow" aria-labelledby="set"><h2 id="set">${t.variables.set}</h2>
${refusalSummary(frame, labels)}
<form class="flow" method="post" action="${action}">
${field(frame, "variable", labels.variable, { required: true, help: t.variables.nameHelp, more: schemaAttributes(ONE, "name") })}
${field(frame, "value", labels.value, { help: t.variables.valueHelp, optionalMark: false, more: schemaAttributes(ONE, "value") })}
${formEnd(frame, t.variables.button)}
</form></section>`;
}
