import type { AnyOperation } from "../kernel/operation.ts";
import { accessExplain } from "./access/explain.ts";
import { hostProperty } from "./access/host-property.ts";
import { ipProperty } from "./access/ip-property.ts";
import { accountAccess, ctrlAccess, fingerAccess, pop3Access, smtpAccess } from "./access/maps.ts";
import { spammerRebuild } from "./access/rebuild-spammers.ts";
import { relay } from "./access/relay.ts";
import { spammer } from "./access/spammer.ts";
import { accountAdd } from "./account/add.ts";
import { accountExport } from "./account/export.ts";
import { accountFactors, accountResetFactors } from "./account/factors.ts";
import { accountGet } from "./account/get.ts";
import { accountImport } from "./account/import.ts";
import { accountList } from "./account/list.ts";
import { accountRemove } from "./account/remove.ts";
import { accountResume } from "./account/resume.ts";
import { accountSetPassword } from "./account/set-password.ts";
import { accountSetVariables } from "./account/set-variables.ts";
import { accountSuspend } from "./account/suspend.ts";
import {
  domainDefaultAdd,
  domainDefaultGet,
  domainDefaultRemove,
  domainDefaultSet,
} from "./account-default/domain.ts";
import { accountDefaultGet, accountDefaultSet } from "./account-default/server.ts";
import { administratorAdd, administratorSet } from "./administrator/administrator.ts";
import { aliasAdd } from "./alias/add.ts";
import { aliasExplain } from "./alias/explain.ts";
import { aliasExport } from "./alias/export.ts";
import { aliasImport } from "./alias/import.ts";
import { aliasList } from "./alias/list.ts";
import { aliasRemove } from "./alias/remove.ts";
import { apiKeyAdd, apiKeyList, apiKeyRemove } from "./api-key/api-key.ts";
import { auditExport } from "./audit/export.ts";
import { auditList } from "./audit/list.ts";
import { auditVerify } from "./audit/verify.ts";
import { changeGet } from "./change/get.ts";
import { changeList } from "./change/list.ts";
import { changeStatus } from "./change/status.ts";
import { changeUndo } from "./change/undo.ts";
import { clientLogin, clientLoginHost } from "./client-login/client-login.ts";
import { commandAliasList, commandAliasRemove, commandAliasStep } from "./command-alias/command-alias.ts";
import { ctrlAccount } from "./ctrl-account/ctrl-account.ts";
import { customDomain, customDomainExplain, customDomainStep } from "./custom-domain/custom-domain.ts";
import { delegationAdd } from "./delegation/add.ts";
import { delegationAddDomain } from "./delegation/add-domain.ts";
import { delegationImport } from "./delegation/import.ts";
import { delegationGet, delegationList } from "./delegation/list.ts";
import { delegationNotify } from "./delegation/notify.ts";
import { delegationSet } from "./delegation/set.ts";
import { domainAdd } from "./domain/add.ts";
import { domainGet } from "./domain/get.ts";
import { domainList } from "./domain/list.ts";
import { domainRemove } from "./domain/remove.ts";
import { domainAliasAdd } from "./domain-alias/add.ts";
import { domainAliasList } from "./domain-alias/list.ts";
import { domainAliasRemove } from "./domain-alias/remove.ts";
import { domainMailStep } from "./domain-mail-step/domain-mail-step.ts";
import { externalAliasAdd, externalAliasList, externalAliasRemove } from "./external-alias/external-alias.ts";
import { fileGet } from "./file/get.ts";
import { fileList } from "./file/list.ts";
import { fileSet } from "./file/set.ts";
import { filterFileAdd, filterFileList, filterFileRemove } from "./filter/filter-files.ts";
import { filterStep } from "./filter/filter-step.ts";
import { filterIn, filterOut } from "./filter/message-filters.ts";
import { filterPostData, filterPostRcpt, filterPreData } from "./filter/smtp-filters.ts";
import { forward } from "./forward/forward.ts";
import { forwardingGet, forwardingSet } from "./forwarding/forwarding.ts";
import { groupAdd, groupRemove, groupSet } from "./group/change.ts";
import { groupGet, groupList } from "./group/list.ts";
import { groupResume, groupSuspend } from "./group/mail.ts";
import { groupFillList } from "./group/mailing-list.ts";
import { groupSetVacation } from "./group/vacation.ts";
import {
  groupMemberAdd,
  groupMemberList,
  groupMemberRemove,
  groupMemberSet,
} from "./group-member/group-member.ts";
import { incidentClose, incidentOpen, incidentReopen, incidentSet } from "./incident/change.ts";
import { incidentDetect } from "./incident/detect.ts";
import { incidentGet, incidentList } from "./incident/look.ts";
import { serverLint } from "./lint/lint.ts";
import { listAdministratorAdd, listAdministratorSet } from "./list-administrator/list-administrator.ts";
import { logLint } from "./log/lint.ts";
import { logList } from "./log/list.ts";
import { logSearch } from "./log/search.ts";
import { logStatistics } from "./log/statistics.ts";
import { logTrace } from "./log/trace.ts";
import { mailExplain } from "./mail/explain.ts";
import { mailStep } from "./mail-step/mail-step.ts";
import { mailboxCount } from "./mailbox/count.ts";
import { mailboxLargest } from "./mailbox/largest.ts";
import { mailboxUsage } from "./mailbox/usage.ts";
import { me } from "./me/me.ts";
import { memberAddMany } from "./member/add-many.ts";
import { memberExport } from "./member/export.ts";
import { memberImport } from "./member/import.ts";
import { memberAdd, memberChange, memberList, memberRemove } from "./member/member.ts";
import { messageGet } from "./message/get.ts";
import { messageList } from "./message/list.ts";
import { messageAttachment, messageRaw } from "./message/raw.ts";
import { personGet } from "./person/get.ts";
import { personList } from "./person/list.ts";
import {
  personRemove,
  personResetFactors,
  personResetPassword,
  personSetPassword,
} from "./person/sign-in.ts";
import { personEndSessions, personResume, personSuspend } from "./person/stop.ts";
import { policyGet, policySet } from "./policy/policy.ts";
import { popCheck, popCheckDomain } from "./pop-check/pop-check.ts";
import { popLinkAdd, popLinkChange, popLinkList, popLinkRemove, popLinkTurn } from "./pop-link/pop-link.ts";
import { serverCheck } from "./server/check.ts";
import { serverStatus } from "./server/status.ts";
import { serverSettingList } from "./server-setting/list.ts";
import { serverSettingSet } from "./server-setting/set.ts";
import { serviceExplain } from "./service/explain.ts";
import { serviceFetchNow, serviceFlushQueue, serviceRestart, serviceStop } from "./service/orders.ts";
import { serviceStatus } from "./service/status.ts";
import { smtpAccount } from "./smtp-account/smtp-account.ts";
import { smtpCheck } from "./smtp-check/smtp-check.ts";
import { sourceRoute } from "./source-route/source-route.ts";
import { spamAddress } from "./spam-address/spam-address.ts";
import { spoolHold, spoolRelease, spoolRemove, spoolResend } from "./spool/act.ts";
import { spoolJobGet, spoolJobList, spoolJobUndo, spoolJobWork } from "./spool/job.ts";
import { spoolExplain, spoolGet, spoolList, spoolRaw, spoolShape } from "./spool/look.ts";
import { removedMessageList, removedMessageRaw } from "./spool/removed.ts";
import { vacationGet, vacationSet } from "./vacation/vacation.ts";
import { watchStatus } from "./watch/look.ts";
import { watchGet, watchRun } from "./watch/run.ts";

/**
 * All that xmailcfg can do. API, OpenAPI, CLI, library, grants, audit and docs are read off this; the keys are the
 * two halves of each operation's name.
 */
export const OPERATIONS = {
  domain: { list: domainList, get: domainGet, add: domainAdd, remove: domainRemove },
  account: {
    list: accountList,
    get: accountGet,
    add: accountAdd,
    remove: accountRemove,
    setPassword: accountSetPassword,
    factors: accountFactors,
    resetFactors: accountResetFactors,
    setVariables: accountSetVariables,
    suspend: accountSuspend,
    resume: accountResume,
    export: accountExport,
    import: accountImport,
  },
  alias: {
    list: aliasList,
    explain: aliasExplain,
    add: aliasAdd,
    remove: aliasRemove,
    export: aliasExport,
    import: aliasImport,
  },
  domainAlias: { list: domainAliasList, add: domainAliasAdd, remove: domainAliasRemove },
  externalAlias: { list: externalAliasList, add: externalAliasAdd, remove: externalAliasRemove },
  forwarding: { get: forwardingGet, set: forwardingSet },
  vacation: { get: vacationGet, set: vacationSet },
  mailStep,
  domainMailStep,
  commandAlias: { list: commandAliasList, remove: commandAliasRemove },
  commandAliasStep,
  customDomain: { ...customDomain, explain: customDomainExplain },
  customDomainStep,
  member: {
    list: memberList,
    add: memberAdd,
    addMany: memberAddMany,
    change: memberChange,
    remove: memberRemove,
    export: memberExport,
    import: memberImport,
  },
  group: {
    list: groupList,
    get: groupGet,
    add: groupAdd,
    set: groupSet,
    remove: groupRemove,
    suspend: groupSuspend,
    resume: groupResume,
    fillList: groupFillList,
    setVacation: groupSetVacation,
  },
  groupMember: {
    list: groupMemberList,
    add: groupMemberAdd,
    set: groupMemberSet,
    remove: groupMemberRemove,
  },
  popLink: {
    list: popLinkList,
    add: popLinkAdd,
    change: popLinkChange,
    turn: popLinkTurn,
    remove: popLinkRemove,
  },
  mail: { explain: mailExplain },
  mailbox: { usage: mailboxUsage, largest: mailboxLargest, count: mailboxCount },
  message: { list: messageList, get: messageGet, raw: messageRaw, attachment: messageAttachment },
  access: { explain: accessExplain },
  smtpAccess: { ...smtpAccess },
  pop3Access: { ...pop3Access },
  ctrlAccess: { ...ctrlAccess },
  fingerAccess: { ...fingerAccess },
  accountAccess: { ...accountAccess },
  relay: { ...relay },
  spammer: { ...spammer, rebuild: spammerRebuild },
  ipProperty: { ...ipProperty },
  hostProperty: { ...hostProperty },
  spamAddress: {
    list: spamAddress.list,
    add: spamAddress.add,
    change: spamAddress.change,
    remove: spamAddress.remove,
    turn: spamAddress.turn,
  },
  smtpAccount: {
    list: smtpAccount.list,
    add: smtpAccount.add,
    change: smtpAccount.change,
    remove: smtpAccount.remove,
    turn: smtpAccount.turn,
  },
  smtpCheck: {
    list: smtpCheck.list,
    add: smtpCheck.add,
    change: smtpCheck.change,
    remove: smtpCheck.remove,
    turn: smtpCheck.turn,
  },
  forward: { ...forward },
  sourceRoute: { ...sourceRoute },
  clientLoginHost: { ...clientLoginHost },
  clientLogin: { ...clientLogin },
  popCheckDomain: { ...popCheckDomain },
  popCheck: {
    list: popCheck.list,
    add: popCheck.add,
    change: popCheck.change,
    remove: popCheck.remove,
    turn: popCheck.turn,
  },
  filterIn: { ...filterIn },
  filterOut: { ...filterOut },
  filterPostRcpt: { ...filterPostRcpt },
  filterPreData: { ...filterPreData },
  filterPostData: { ...filterPostData },
  filterFile: { list: filterFileList, add: filterFileAdd, remove: filterFileRemove },
  filterStep: { ...filterStep },
  audit: { list: auditList, export: auditExport, verify: auditVerify },
  log: {
    list: logList,
    search: logSearch,
    trace: logTrace,
    statistics: logStatistics,
    lint: logLint,
  },
  me: { ...me },
  person: {
    list: personList,
    get: personGet,
    suspend: personSuspend,
    resume: personResume,
    setPassword: personSetPassword,
    resetPassword: personResetPassword,
    endSessions: personEndSessions,
    resetFactors: personResetFactors,
    remove: personRemove,
  },
  administrator: { add: administratorAdd, set: administratorSet },
  delegation: {
    list: delegationList,
    get: delegationGet,
    add: delegationAdd,
    set: delegationSet,
    addDomain: delegationAddDomain,
    notify: delegationNotify,
    import: delegationImport,
  },
  listAdministrator: { add: listAdministratorAdd, set: listAdministratorSet },
  apiKey: { list: apiKeyList, add: apiKeyAdd, remove: apiKeyRemove },
  policy: { get: policyGet, set: policySet },
  change: { list: changeList, get: changeGet, undo: changeUndo, status: changeStatus },
  server: { status: serverStatus, lint: serverLint, check: serverCheck },
  serverSetting: { list: serverSettingList, set: serverSettingSet },
  service: {
    status: serviceStatus,
    explain: serviceExplain,
    stop: serviceStop,
    restart: serviceRestart,
    fetchNow: serviceFetchNow,
    flushQueue: serviceFlushQueue,
  },
  spool: {
    list: spoolList,
    shape: spoolShape,
    explain: spoolExplain,
    get: spoolGet,
    raw: spoolRaw,
    remove: spoolRemove,
    hold: spoolHold,
    release: spoolRelease,
    resend: spoolResend,
  },
  incident: {
    detect: incidentDetect,
    list: incidentList,
    get: incidentGet,
    open: incidentOpen,
    set: incidentSet,
    close: incidentClose,
    reopen: incidentReopen,
  },
  spoolJob: { list: spoolJobList, get: spoolJobGet, work: spoolJobWork, undo: spoolJobUndo },
  removedMessage: { list: removedMessageList, raw: removedMessageRaw },
  watch: { status: watchStatus, run: watchRun, get: watchGet },
  accountDefault: { get: accountDefaultGet, set: accountDefaultSet },
  domainDefault: {
    get: domainDefaultGet,
    add: domainDefaultAdd,
    set: domainDefaultSet,
    remove: domainDefaultRemove,
  },
  ctrlAccount: {
    list: ctrlAccount.list,
    add: ctrlAccount.add,
    change: ctrlAccount.change,
    remove: ctrlAccount.remove,
  },
  file: { list: fileList, get: fileGet, set: fileSet },
} as const;

export const ALL_OPERATIONS: readonly AnyOperation[] = Object.values(OPERATIONS).flatMap((verbs) =>
  Object.values<AnyOperation>(verbs),
);
