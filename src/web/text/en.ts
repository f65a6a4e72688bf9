import { accessWords } from "./en/access.ts";
import { accountsWords } from "./en/accounts.ts";
import { aliasesWords } from "./en/aliases.ts";
import { auditWords } from "./en/audit.ts";
import { changesWords } from "./en/changes.ts";
import { checkWords } from "./en/check.ts";
import { domainsWords } from "./en/domains.ts";
import { doorsWords } from "./en/doors.ts";
import { emergencyWords } from "./en/emergency.ts";
import { errors } from "./en/errors.ts";
import { fields } from "./en/fields.ts";
import { filtersWords } from "./en/filters.ts";
import { frameWords } from "./en/frame.ts";
import { groupsWords } from "./en/groups.ts";
import { importsWords } from "./en/imports.ts";
import { lintWords } from "./en/lint.ts";
import { logsWords } from "./en/logs.ts";
import { mailWords } from "./en/mail.ts";
import { mailJourneyWords } from "./en/mail-journey.ts";
import { mailboxWords } from "./en/mailbox.ts";
import { meWords } from "./en/me.ts";
import { peopleWords } from "./en/people.ts";
import { queueWords } from "./en/queue.ts";
import { rescueWords } from "./en/rescue.ts";
import { rowsWords } from "./en/rows.ts";
import { rules } from "./en/rules.ts";
import { sendingWords } from "./en/sending.ts";
import { serverWords } from "./en/server.ts";
import { watchWords } from "./en/watch.ts";

/** Every word of the panel. The other languages are typed against this one: a missing key does not compile. */
export const en = {
  ...frameWords,
  ...domainsWords,
  ...doorsWords,
  ...accountsWords,
  ...accessWords,
  ...aliasesWords,
  ...auditWords,
  ...queueWords,
  ...rescueWords,
  ...changesWords,
  ...checkWords,
  ...groupsWords,
  ...importsWords,
  ...lintWords,
  ...logsWords,
  ...mailJourneyWords,
  ...mailWords,
  ...mailboxWords,
  ...emergencyWords,
  ...peopleWords,
  ...meWords,
  ...rowsWords,
  ...serverWords,
  ...sendingWords,
  ...filtersWords,
  ...watchWords,
  errors,
  rules,
  fields,
};

export type Text = typeof en;
