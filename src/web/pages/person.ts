import type { AuditRow } from "../../operations/audit/rows.ts";
import { personGet } from "../../operations/person/get.ts";
import { type Html, html } from "../html.ts";
import { mailto } from "../mailto.ts";
import { definePage, type Frame } from "../page.ts";
import { dangerZone } from "../parts/danger-zone.ts";
import { flashOf } from "../parts/flash.ts";
import { pageHead } from "../parts/page-head.ts";
import { shown, visible } from "../parts/shown.ts";
import { actsAbout, actsPanel } from "../people/person-acts.ts";
import { areaPanel, supportPanel, whoPanel } from "../people/person-facts.ts";
import { type PersonDetails, personPath } from "../people/person-state.ts";

type PersonData = PersonDetails & { readonly acts: readonly AuditRow[] | null };

/** One person who may sign in: what he holds, and what can be done about it. */
export const personPage = definePage<PersonData>({
  path: "/people/:person",
  async load(ask) {
    const person = await ask.run(personGet, ask.params);
    return { ...person, acts: await actsAbout(ask, person.id) };
  },
  view(person, frame) {
    const { t } = frame;
    return {
      title: visible(person.name),
      body: html`${pageHead(frame, {
        title: shown(person.name),
        crumbs: [{ href: frame.link("/people"), words: t.people.title }],
        actions: actions(frame, person),
      })}
${flashOf(frame)}
<div class="split"><div class="flow">${whoPanel(frame, person)}${person.acts && actsPanel(frame, person.id, person.acts)}</div>
<div class="flow">${areaPanel(frame, person)}${supportPanel(frame, person)}</div></div>
${dangers(frame, person)}`,
    };
  },
});

/** The operation that changes somebody of a role. */
const CHANGES = {
  master: "administrator.set",
  auditor: "administrator.set",
  guest: "administrator.set",
  delegate: "delegation.set",
  listAdministrator: "listAdministrator.set",
} as const;

function actions(frame: Frame, person: PersonDetails): readonly (Html | false)[] {
  const { t, may, link } = frame;
  const isMe = frame.me === person.name;
  return [
    may.use(CHANGES[person.role]) &&
      !isMe &&
      html`<a class="btn primary" href="${link(personPath(person.id, "/edit"))}">${t.person.edit}</a>`,
    may.use("person.setPassword") &&
      !isMe &&
      html`<a class="btn" href="${link(personPath(person.id, "/password"))}">${t.person.password}</a>`,
    may.reach("audit.list") &&
      html`<a class="btn" href="${link("/audit", { actor: person.id })}">${t.person.history}</a>`,
    writeTo(frame, person),
  ];
}

/** A page of ours for who looks after domains; for others the reader's own mail program. */
function writeTo({ t, may, link, me }: Frame, { id, name, role, email, mail }: PersonDetails): Html | false {
  if (me === name || mail === "nowhere") return false;
  const here = role === "delegate" && may.use("delegation.notify");
  const href = here ? link(personPath(id, "/notify")) : mailto(email);
  if (href === null) return false;
  return html`<a class="btn" href="${href}">${t.person.write}</a>`;
}

function dangers(frame: Frame, person: PersonDetails) {
  const { t, may, me } = frame;
  const step = (operation: string, rest: string, title: string, words: string) =>
    may.use(operation) && {
      title,
      words,
      action: html`<a class="btn danger" href="${frame.link(personPath(person.id, rest))}">${title}</a>`,
    };
  if (me === person.name) return null;
  const { totp, passkeys } = person.factors;
  return dangerZone(t.person.danger, [
    person.state === "suspended"
      ? step("person.resume", "/resume", t.person.resumeTitle, t.person.resumeText)
      : step("person.suspend", "/suspend", t.person.suspendTitle, t.person.suspendText),
    step("person.endSessions", "/end-sessions", t.person.endTitle, t.person.endText),
    (totp || passkeys > 0) &&
      step("person.resetFactors", "/reset-factors", t.person.factorsTitle, t.person.factorsText),
    step("person.remove", "/remove", t.person.removeTitle, t.person.removeText),
  ]);
}
