import type { Text } from "./en.ts";
import { accessWords } from "./ja/access.ts";
import { accountsWords } from "./ja/accounts.ts";
import { aliasesWords } from "./ja/aliases.ts";
import { auditWords } from "./ja/audit.ts";
import { changesWords } from "./ja/changes.ts";
import { checkWords } from "./ja/check.ts";
import { domainsWords } from "./ja/domains.ts";
import { doorsWords } from "./ja/doors.ts";
import { emergencyWords } from "./ja/emergency.ts";
import { errors } from "./ja/errors.ts";
import { fields } from "./ja/fields.ts";
import { filtersWords } from "./ja/filters.ts";
import { frameWords } from "./ja/frame.ts";
import { groupsWords } from "./ja/groups.ts";
import { importsWords } from "./ja/imports.ts";
import { lintWords } from "./ja/lint.ts";
import { logsWords } from "./ja/logs.ts";
import { mailWords } from "./ja/mail.ts";
import { mailJourneyWords } from "./ja/mail-journey.ts";
import { mailboxWords } from "./ja/mailbox.ts";
import { meWords } from "./ja/me.ts";
import { peopleWords } from "./ja/people.ts";
import { queueWords } from "./ja/queue.ts";
import { rescueWords } from "./ja/rescue.ts";
import { rowsWords } from "./ja/rows.ts";
import { rules } from "./ja/rules.ts";
import { sendingWords } from "./ja/sending.ts";
import { serverWords } from "./ja/server.ts";
import { watchWords } from "./ja/watch.ts";

export const ja: Text = {
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
