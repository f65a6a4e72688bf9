import { accessFields } from "./fields/access.ts";
import { auditFields } from "./fields/audit.ts";
import { filterFields } from "./fields/filters.ts";
import { groupFields } from "./fields/groups.ts";
import { logFields } from "./fields/logs.ts";
import { mailFields } from "./fields/mail.ts";
import { mailboxFields } from "./fields/mailbox.ts";
import { meFields } from "./fields/me.ts";
import { peopleFields } from "./fields/people.ts";
import { sendingFields } from "./fields/sending.ts";
import { serverFields } from "./fields/server.ts";
import { spoolFields } from "./fields/spool.ts";
/** One field of a form: its name, and the help that stands under it. */
export interface FieldWords {
  readonly label: string;
  readonly help: string;
}

/**
 * By the name of the field; `alias.add domain` where an operation means something of its own by it. A test walks all
 * operations and misses none.
 */
const words = {
  csv: { label: "CSV text", help: "Names of the columns in the first line, in any order." },
  most: { label: "Lines of one part", help: "Each part is a change of its own." },
  "account.import from": { label: "Go on with line", help: "Lines before it are left out." },
  "alias.import from": { label: "Go on with line", help: "Lines before it are left out." },
  "member.import from": { label: "Go on with line", help: "Lines before it are left out." },
  mode: { label: "When a line is wrong", help: "Import nothing, or the lines that can be." },
  resume: { label: "Go on with an import", help: "What is there already with the same values is no fault." },
  limitKB: { label: "Mailbox limit", help: "kB, 0 for no limit." },
  domain: { label: "Domain", help: "A domain of this server." },
  "domain.add domain": {
    label: "Domain name",
    help: "Letters, digits, dots and hyphens. Mail arrives once the domain's MX record names this server; names for the local network work too.",
  },
  "account.list domain": { label: "Domain", help: "Only accounts of this domain." },
  "alias.list domain": { label: "Domain", help: "Only aliases of this domain." },
  "domainAlias.list domain": { label: "Leads to", help: "Only domain aliases that lead to this domain." },
  "alias.add domain": {
    label: "Domain",
    help: "A domain of this server. * stands for any letters and ? for one, so *.example.com covers its subdomains.",
  },
  "domainAlias.add domain": { label: "Leads to", help: "The domain whose accounts get the mail." },
  name: { label: "Account", help: "The part of the address before the @." },
  "account.add name": {
    label: "Name",
    help: "The part before the @: letters, digits, hyphen, underscore, and single dots inside. Large and small letters are alike.",
  },
  password: {
    label: "Password",
    help: 'At least 8 characters: letters, digits and any symbols but " < >. A long one is the best defence.',
  },
  "account.setPassword password": {
    label: "New password",
    help: 'At least 8 characters: letters, digits and any symbols but " < >. A long one is the best defence. It counts at once; mail programs ask for it.',
  },
  change: { label: "Change", help: "The number that the history shows." },
  object: { label: "Domain or address", help: "A domain, with its accounts, or one address." },
  operation: { label: "Operation", help: "Like account.add, or account.* for all of them." },
  actor: { label: "Who", help: "Name of who made the change." },
  "change.list search": {
    label: "Contains",
    help: "Part of what was changed, why, or in which file.",
  },
  since: { label: "From day", help: "A day like 2026-11-24." },
  until: { label: "To day", help: "A day like 2026-11-24, that day included." },
  kind: {
    label: "Type",
    help: "A mailbox for a person, or a mailing list that passes mail on to its members.",
  },
  realName: { label: "Full name", help: "Anyone can read it through FINGER, if that service is open." },
  search: { label: "Contains", help: "Part of the address; large and small letters are alike." },
  "alias.list search": {
    label: "Alias or account contains",
    help: "Part of the alias or of the account it leads to.",
  },
  "domain.list search": { label: "Name contains", help: "Part of the domain's name." },
  "domainAlias.list search": { label: "Name contains", help: "Part of either domain's name." },
  "account.list search": {
    label: "Address contains",
    help: "Part of the address; large and small letters are alike.",
  },
  sort: { label: "Order by", help: "What the list is ordered by." },
  order: { label: "Direction", help: "Ascending or descending." },
  cursor: { label: "Page", help: "Where the page of the list begins." },
  limit: { label: "Rows", help: "How many rows a page has." },
  set: { label: "Variables to set", help: "Names and values for user.tab." },
  unset: { label: "Variables to delete", help: "XMail's default counts afterwards." },
  alias: { label: "Alias", help: "The alias as the list shows it." },
  "alias.add alias": {
    label: "Alias",
    help: "The part before the @. * stands for any letters, ? for one. A single * catches all mail that nothing else takes.",
  },
  "domainAlias.add alias": {
    label: "Domain alias",
    help: "The other domain, or a pattern like *.example.com. It must not be a domain of this server.",
  },
  target: {
    label: "Delivers to",
    help: "An existing account: its name, or its full address when it is in another domain.",
  },
  id: { label: "Entry", help: "The id of the entry as the list shows it." },
  before: { label: "Before", help: "The entry it will stand before; the end of the list without one." },
  on: { label: "On", help: "Off: kept in the file as a comment, without effect." },
  confirm: { label: "Confirmation", help: "What has to be typed when a change is dangerous." },
  "mail.explain sender": { label: "Sender", help: "Empty for a bounce, which has no sender." },
  "mail.explain recipient": { label: "Recipient", help: "The address the mail is for." },
  "mail.explain client": {
    label: "Client address",
    help: "The IP address the mail comes from, like 192.0.2.7. XMail is not contacted and no mail is sent.",
  },
  "mail.explain account": {
    label: "Signs in as",
    help: "An account's address or the name of a sending account; empty when nobody signs in.",
  },
  ...auditFields,
  ...mailboxFields,
  ...spoolFields,
  ...meFields,
  ...mailFields,
  ...sendingFields,
  ...serverFields,
  ...accessFields,
  ...filterFields,
  ...peopleFields,
  ...groupFields,
  ...logFields,
  pattern: { label: "Pattern", help: "* stands for any letters, ? for one." },
  "spamAddress.list search": { label: "Contains", help: "Part of the address or pattern." },
  address: { label: "Mail address", help: "XMail's tables are followed as XMail would; no mail is sent." },
} satisfies Record<string, FieldWords>;

export const fields: Readonly<Record<keyof typeof words, FieldWords>> = words;
