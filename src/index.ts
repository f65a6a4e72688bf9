export { parseConfig } from "./config/parse.ts";
export type { Config } from "./config/schema.ts";
export { type CtrlClient, openCtrlClient } from "./ctrl/client.ts";
export type { CtrlOptions, CtrlTls } from "./ctrl/options.ts";
export { ERROR_CODES, type ErrorCode } from "./errors/codes.ts";
export { AppError, type FieldProblem, fail, failField, hasCode, isAppError } from "./errors/error.ts";
export { isSecret, Secret } from "./errors/secret.ts";
export type { Silence } from "./filter/may-answer.ts";
export { answerVacation, type VacationMail } from "./filter/vacation.ts";
export { type ExplainedFinding, explainFinding } from "./finding-words.ts";
export type { Authenticate, FetchHandler, Peer, Principal, Principals } from "./http/types.ts";
export { type Actor, type Grant, MASTER_GRANT } from "./kernel/actor.ts";
export type { Audit, AuditRecord } from "./kernel/audit.ts";
export type { Call, Context, Logger } from "./kernel/context.ts";
export type { ChangeEntry, ChangePage, ChangeQuery, History, KeptChange } from "./kernel/history.ts";
export { invoke } from "./kernel/invoke.ts";
export { type AnyOperation, defineOperation, type Operation } from "./kernel/operation.ts";
export { type DryRun, rehearse } from "./kernel/rehearse.ts";
export { type Static, type TSchema, Type } from "./kernel/schema.ts";
export { accountTarget, domainTarget, SERVER, type Target } from "./kernel/target.ts";
export { type TextCoding, textOfBytes } from "./kernel/text-of-bytes.ts";
export { ctrlFiles, sftp, smb } from "./late-drivers.ts";
export type { CallOptions, PluginMethods, XMail } from "./library.ts";
export { type OpenOptions, openXMail, type StorageOpener } from "./open.ts";
export { openWatch, type WatchWishes } from "./open-watch.ts";
export type { DryRunAnswer } from "./operations/dry-run.ts";
export {
  Address,
  Count,
  ExistingAccount,
  ExistingDomain,
  fields,
  Nothing,
  orNull,
} from "./operations/fields.ts";
export { cutPage, type Page as ListPage, pageOf, pagingFields } from "./operations/paging.ts";
export { ALL_OPERATIONS, OPERATIONS } from "./operations/table.ts";
export { createPanel, type PanelOptions, type PanelState } from "./panel.ts";
export type { Notifier, Outcome } from "./plugins/notify.ts";
export { definePlugin, isPlugin, type MenuItem, type Plugin, type PluginWords } from "./plugins/plugin.ts";
export type { ToldChanges, ToldFile } from "./settings/told-changes.ts";
export { checkConfiguration, loadPlugins, openSite, type Site, type SiteOptions } from "./site.ts";
export { openState, type State } from "./state/state.ts";
export type { CtrlFileCommands } from "./storage/ctrl-files.ts";
export { local } from "./storage/local.ts";
export { type Lease, withLock } from "./storage/lock.ts";
export { memory } from "./storage/memory.ts";
export { nameOf, parentOf, ROOT, type StoragePath, storagePath } from "./storage/path.ts";
export type { SftpOptions } from "./storage/sftp/options.ts";
export type { SmbOptions } from "./storage/smb/options.ts";
export type {
  Capabilities,
  Entry,
  ReadOptions,
  Scanned,
  ScanOptions,
  Stat,
  Storage,
  WriteOptions,
} from "./storage/storage.ts";
export { prefixed, readOnly } from "./storage/wrap.ts";
export type { LookOptions } from "./web/look-options.ts";
export type { Backend } from "./xmail/backend.ts";
export type { ChangeJournal, JournalPage } from "./xmail/change-journal.ts";
export type { ChangeSet, FileChange, Finality, Hunk, Recovery, Rehearsal } from "./xmail/change-set.ts";
export type { Finding } from "./xmail/check.ts";
