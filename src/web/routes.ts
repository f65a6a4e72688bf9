import type { AnyPage } from "./page.ts";
import { ctrlAccessPages } from "./pages/access-ctrl.ts";
import { fingerAccessPages } from "./pages/access-finger.ts";
import { pop3AccessPages } from "./pages/access-pop3.ts";
import { smtpAccessPages } from "./pages/access-smtp.ts";
import { accountPage } from "./pages/account.ts";
import { accountAccessPages } from "./pages/account-access.ts";
import { accountAddPage } from "./pages/account-add.ts";
import {
  accountDefaultsPage,
  domainDefaultsPage,
  domainDefaultsRemovePage,
} from "./pages/account-defaults.ts";
import { accountFactorsPage } from "./pages/account-factors.ts";
import { accountPasswordPage } from "./pages/account-password.ts";
import { accountProgramPages } from "./pages/account-programs.ts";
import { accountRemovePage } from "./pages/account-remove.ts";
import { accountResumePage } from "./pages/account-resume.ts";
import { accountSuspendPage } from "./pages/account-suspend.ts";
import { accountVariablesPage } from "./pages/account-variables.ts";
import { accountsPage } from "./pages/accounts.ts";
import { aliasAddPage } from "./pages/alias-add.ts";
import { aliasRemovePage } from "./pages/alias-remove.ts";
import { aliasesPage } from "./pages/aliases.ts";
import { apiKeyAddPage } from "./pages/api-key-add.ts";
import { apiKeyRemovePage } from "./pages/api-key-remove.ts";
import { apiKeysPage } from "./pages/api-keys.ts";
import { auditPage } from "./pages/audit.ts";
import { auditExportPage } from "./pages/audit-export.ts";
import { auditRecordPage } from "./pages/audit-record.ts";
import { auditVerificationPage } from "./pages/audit-verification.ts";
import { bannedAddressPages, rebuildBansPage } from "./pages/banned-addresses.ts";
import { bannedSenderPages } from "./pages/banned-senders.ts";
import { changePage } from "./pages/change.ts";
import { changeUndoPage } from "./pages/change-undo.ts";
import { changesPage } from "./pages/changes.ts";
import { checkPage } from "./pages/check.ts";
import { clientLoginPages } from "./pages/client-logins.ts";
import { commandAliasAddPage, commandAliasesPage, commandAliasRemovePage } from "./pages/command-aliases.ts";
import { ctrlAccountPages } from "./pages/ctrl-accounts.ts";
import { customDomainAddPage, customDomainRemovePage, customDomainsPage } from "./pages/custom-domains.ts";
import { delegationImportPage } from "./pages/delegation-import.ts";
import { domainPage } from "./pages/domain.ts";
import { domainAddPage } from "./pages/domain-add.ts";
import { domainAliasAddPage } from "./pages/domain-alias-add.ts";
import { domainAliasRemovePage } from "./pages/domain-alias-remove.ts";
import { domainAliasesPage } from "./pages/domain-aliases.ts";
import { domainRemovePage } from "./pages/domain-remove.ts";
import { domainsPage } from "./pages/domains.ts";
import { emergencyPage } from "./pages/emergency.ts";
import { exportPages } from "./pages/export.ts";
import {
  externalAliasAddPage,
  externalAliasesPage,
  externalAliasRemovePage,
} from "./pages/external-aliases.ts";
import { fileViewPage } from "./pages/file-view.ts";
import { filesPage } from "./pages/files.ts";
import { filterFilePages } from "./pages/filter-files.ts";
import { forwardingPage } from "./pages/forwarding.ts";
import { forwardingRulePages } from "./pages/forwarding-rules.ts";
import { groupPage } from "./pages/group.ts";
import { groupAddPage, groupEditPage } from "./pages/group-form.ts";
import { groupMemberAddPage, groupMemberPages, groupMembersPage } from "./pages/group-members.ts";
import { groupRemovePage, groupStepPages } from "./pages/group-steps.ts";
import { groupsPage } from "./pages/groups.ts";
import { healthPage } from "./pages/health.ts";
import { importPage } from "./pages/import.ts";
import { logFilesPage } from "./pages/log-files.ts";
import { logFindingsPage } from "./pages/log-findings.ts";
import { logsPage } from "./pages/logs.ts";
import { lookPage } from "./pages/look.ts";
import { mailRoutePage } from "./pages/mail-route.ts";
import {
  accountStepPages,
  commandAliasStepPages,
  customDomainStepPages,
  domainStepPages,
} from "./pages/mail-steps.ts";
import { mailTracePage } from "./pages/mail-trace.ts";
import { mailboxAttachmentPage, mailboxMessagePage, mailboxRawPage } from "./pages/mailbox-message.ts";
import { mailboxMessagesPage } from "./pages/mailbox-messages.ts";
import { mailboxesPage } from "./pages/mailboxes.ts";
import { mailboxesCountPage } from "./pages/mailboxes-count.ts";
import { mailboxesLargestPage } from "./pages/mailboxes-largest.ts";
import { malwarePage } from "./pages/malware.ts";
import { meEverywherePage, meLanguagePage, mePage } from "./pages/me.ts";
import { meAppConfirmPage, meAppPage, meAppRemovePage } from "./pages/me-app.ts";
import { meCodesFilePage, meCodesPage } from "./pages/me-codes.ts";
import { mePasskeyRemovePage, mePasskeysPage } from "./pages/me-passkeys.ts";
import { mePasswordPage } from "./pages/me-password.ts";
import { memberAddPage, memberChangePage, memberRemovePage, membersPage } from "./pages/members.ts";
import { membersAddManyPage } from "./pages/members-add-many.ts";
import { messageFilterPages } from "./pages/message-filters.ts";
import { overviewPage } from "./pages/overview.ts";
import { peoplePage } from "./pages/people.ts";
import { personPage } from "./pages/person.ts";
import { administratorAddPage, delegationAddPage, listAdministratorAddPage } from "./pages/person-add.ts";
import { personEditPage } from "./pages/person-edit.ts";
import { personNotifyPage } from "./pages/person-notify.ts";
import { personPasswordPage } from "./pages/person-password.ts";
import { personStepPages } from "./pages/person-steps.ts";
import {
  popLinkAddPage,
  popLinkChangePage,
  popLinkRemovePage,
  popLinksFetchPage,
  popLinksPage,
  popLinkTurnPage,
} from "./pages/pop-links.ts";
import { preferencesPage } from "./pages/preferences.ts";
import { queuePage } from "./pages/queue.ts";
import { queueActPage } from "./pages/queue-act.ts";
import { queueJobFile, queueJobPage } from "./pages/queue-job.ts";
import { queueJobsPage } from "./pages/queue-jobs.ts";
import { queueMessageFile, queueMessagePage } from "./pages/queue-message.ts";
import { relayRulePages } from "./pages/relay-rules.ts";
import { rescuePage } from "./pages/rescue.ts";
import { rescueIncidentPage } from "./pages/rescue-incident.ts";
import { rescueReportFile, rescueReportPage } from "./pages/rescue-report.ts";
import { enrolPage, secondStepPage } from "./pages/second-step.ts";
import { seeAsEndPage, seeAsPage } from "./pages/see-as.ts";
import { sendingAccountPages } from "./pages/sending-accounts.ts";
import { serverSettingGroupPage, serverSettingsPage } from "./pages/server-settings.ts";
import {
  serviceFetchPage,
  serviceFlushPage,
  servicePage,
  serviceRestartPage,
  serviceStopPage,
} from "./pages/service.ts";
import { serviceStartPage } from "./pages/service-start.ts";
import { signInPage } from "./pages/sign-in.ts";
import { signInPolicyPage } from "./pages/sign-in-policy.ts";
import { signInProgramPages } from "./pages/sign-in-programs.ts";
import { signOutPage } from "./pages/sign-out.ts";
import { addressExceptionPages } from "./pages/smtp-exceptions.ts";
import { smtpFilterPages } from "./pages/smtp-filters.ts";
import { nameExceptionPages } from "./pages/smtp-name-exceptions.ts";
import { sourceRoutePages } from "./pages/source-routes.ts";
import { statisticsExportPage, statisticsPage } from "./pages/statistics.ts";
import { vacationPage } from "./pages/vacation.ts";

/** Every screen of the panel. No two paths fit the same address. */
export const PAGES: readonly AnyPage[] = [
  peoplePage,
  administratorAddPage,
  delegationAddPage,
  listAdministratorAddPage,
  personPage,
  personEditPage,
  personNotifyPage,
  personPasswordPage,
  ...personStepPages,
  apiKeysPage,
  apiKeyAddPage,
  apiKeyRemovePage,
  signInPolicyPage,
  delegationImportPage,
  ...accountProgramPages,
  ...clientLoginPages,
  ...filterFilePages,
  ...forwardingRulePages,
  ...messageFilterPages,
  ...sendingAccountPages,
  ...signInProgramPages,
  ...smtpFilterPages,
  ...sourceRoutePages,
  accountAddPage,
  accountFactorsPage,
  accountPasswordPage,
  accountRemovePage,
  accountResumePage,
  accountSuspendPage,
  accountVariablesPage,
  accountPage,
  accountsPage,
  aliasAddPage,
  aliasRemovePage,
  aliasesPage,
  ...smtpAccessPages,
  ...pop3AccessPages,
  ...ctrlAccessPages,
  ...fingerAccessPages,
  ...accountAccessPages,
  ...relayRulePages,
  rebuildBansPage,
  ...bannedAddressPages,
  ...addressExceptionPages,
  ...nameExceptionPages,
  ...bannedSenderPages,
  auditExportPage,
  auditRecordPage,
  auditVerificationPage,
  auditPage,
  changePage,
  changeUndoPage,
  changesPage,
  checkPage,
  ...accountStepPages,
  ...commandAliasStepPages,
  ...customDomainStepPages,
  ...domainStepPages,
  groupsPage,
  groupAddPage,
  groupPage,
  groupEditPage,
  groupMembersPage,
  groupMemberAddPage,
  ...groupMemberPages,
  ...groupStepPages,
  groupRemovePage,
  commandAliasAddPage,
  commandAliasRemovePage,
  commandAliasesPage,
  customDomainAddPage,
  customDomainRemovePage,
  customDomainsPage,
  externalAliasAddPage,
  externalAliasRemovePage,
  externalAliasesPage,
  forwardingPage,
  vacationPage,
  memberAddPage,
  membersAddManyPage,
  memberChangePage,
  memberRemovePage,
  membersPage,
  popLinkAddPage,
  popLinkChangePage,
  popLinkTurnPage,
  popLinkRemovePage,
  popLinksFetchPage,
  popLinksPage,
  ...exportPages,
  importPage,
  domainAddPage,
  domainAliasAddPage,
  domainAliasRemovePage,
  domainAliasesPage,
  domainRemovePage,
  domainPage,
  domainsPage,
  healthPage,
  logFilesPage,
  logFindingsPage,
  logsPage,
  mailTracePage,
  statisticsExportPage,
  statisticsPage,
  mailRoutePage,
  mailboxesCountPage,
  mailboxesLargestPage,
  mailboxesPage,
  mailboxRawPage,
  mailboxAttachmentPage,
  mailboxMessagePage,
  mailboxMessagesPage,
  emergencyPage,
  malwarePage,
  overviewPage,
  lookPage,
  mePage,
  meLanguagePage,
  meEverywherePage,
  mePasswordPage,
  meAppPage,
  meAppConfirmPage,
  meAppRemovePage,
  meCodesPage,
  meCodesFilePage,
  mePasskeysPage,
  mePasskeyRemovePage,
  enrolPage,
  secondStepPage,
  preferencesPage,
  queueActPage,
  queueJobPage,
  queueJobFile,
  queueJobsPage,
  queueMessageFile,
  queueMessagePage,
  queuePage,
  rescueReportPage,
  rescueReportFile,
  rescueIncidentPage,
  rescuePage,
  accountDefaultsPage,
  domainDefaultsPage,
  domainDefaultsRemovePage,
  ...ctrlAccountPages,
  fileViewPage,
  filesPage,
  serverSettingGroupPage,
  serverSettingsPage,
  serviceFetchPage,
  serviceFlushPage,
  servicePage,
  serviceRestartPage,
  serviceStopPage,
  serviceStartPage,
  seeAsPage,
  seeAsEndPage,
  signInPage,
  signOutPage,
];
