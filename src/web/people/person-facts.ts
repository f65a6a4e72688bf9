import { type Html, html, type Words } from "../html.ts";
import type { Frame } from "../page.ts";
import { fieldWords } from "../parts/field.ts";
import { valueWords } from "../parts/field-shape.ts";
import { facts } from "../parts/kv.ts";
import { moment } from "../parts/moment.ts";
import { fillText, shown } from "../parts/shown.ts";
import { bytes, count } from "../text/format.ts";
import { type PersonDetails, personPath, personState, validity } from "./person-state.ts";

const KILOBYTE = 1024;
const MINUTE = 60;

/** Who somebody is, and when and from where he may sign in. */
export function whoPanel(frame: Frame, person: PersonDetails): Html {
  const { t } = frame;
  const { parent, factors } = person;
  const second = [
    factors.totp && t.person.totp,
    factors.passkeys > 0 && t.person.passkeys(factors.passkeys),
  ].filter((words) => words !== false);
  return panel("who", t.person.who, [
    [t.people.state, personState(t, person)],
    [t.people.role, html`${t.people.roles[person.role]}: ${t.people.roleHelp[person.role]}`],
    text(t.person.alias, person.signInAlias),
    text(t.person.fullName, person.fullName),
    text(t.person.email, person.email),
    text(t.person.phone, person.phone),
    text(t.person.address, person.postalAddress),
    text(t.person.memo, person.memo),
    [t.people.lastSignIn, person.lastSignInAt === null ? t.people.never : moment(frame, person.lastSignInAt)],
    [t.person.factors, second.length === 0 ? t.person.noFactor : second.join(t.listComma)],
    [t.person.keys, count(person.apiKeys)],
    [t.person.validity, validity(t, person)],
    [t.person.networks, person.networks.length === 0 ? t.person.anywhere : lines(person.networks)],
    [t.person.session, t.person.minutes(Math.round(person.sessionSeconds / MINUTE))],
    parent !== null && [
      t.person.parent,
      html`<a href="${frame.link(personPath(parent.id))}">${shown(parent.name)}</a>`,
    ],
    [t.person.since, moment(frame, person.createdAt)],
  ]);
}

/** What a delegate or list administrator looks after, and how much he may have of it. */
export function areaPanel(frame: Frame, person: PersonDetails): Html | null {
  const { t } = frame;
  const { delegation, lists, mostMembers } = person;
  if (person.role === "listAdministrator") {
    return panel("area", t.people.looksAfter, [
      [t.person.lists, lines(lists)],
      [t.person.members, most(frame, mostMembers)],
    ]);
  }
  if (!delegation) return null;
  const size = delegation.mostMailboxKilobytes;
  const rights = delegation.rights.map((right) => valueWords(t, "delegation.add", "rights", right));
  return panel("area", t.people.looksAfter, [
    [t.person.domains, lines(delegation.domains)],
    [t.person.rightsTitle, rights.length === 0 ? t.person.noRights : rights.join(t.listComma)],
    [t.person.domains, most(frame, delegation.mostDomains, delegation.domains.length)],
    [t.menu.accounts, most(frame, delegation.mostAccounts)],
    [t.person.lists, most(frame, delegation.mostLists)],
    [t.person.members, most(frame, delegation.mostListMembers)],
    [t.menu.aliases, most(frame, delegation.mostAliases)],
    [t.accounts.mailbox, size === null ? t.person.noLimit : bytes(size * KILOBYTE)],
  ]);
}

/** What the users of a delegation are told, and where its sign-in page stands. */
export function supportPanel({ t }: Frame, { delegation }: PersonDetails): Html | null {
  if (!delegation) return null;
  const { postmaster, masterEmail, masterPhone, popServer, smtpServer, doorSlug, doorHost } = delegation;
  const told = Object.entries({ postmaster, masterEmail, masterPhone, popServer, smtpServer });
  const door = [doorHost, doorSlug].filter((one) => one !== "").join("/");
  return panel("support", t.person.support, [
    ...told.map(([name, value]) => text(fieldWords(t, "delegation.add", name).label, value)),
    [t.person.door, door === "" ? t.person.shared : shown(door)],
  ]);
}

type Fact = readonly [name: string, value: Words] | false;

function panel(id: string, title: string, pairs: readonly Fact[]): Html {
  return html`<section class="panel" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${facts(pairs)}</section>`;
}

function text(name: string, value: string): Fact {
  return value !== "" && [name, shown(value)];
}

function lines(all: readonly string[]): Html {
  return html`<ul class="lines">${all.map((one) => html`<li>${shown(one)}</li>`)}</ul>`;
}

function most({ t }: Frame, limit: number | null, used?: number): string {
  if (limit === null) return t.person.noLimit;
  return used === undefined
    ? count(limit)
    : fillText(t.person.used, { used: count(used), most: count(limit) });
}
