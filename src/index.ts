export { parseConfig } from "./config/parse.ts";
export type { Config } from "./config/schema.ts";
export { type CtrlClient, openCtrlClient } from "./ctrl/client.ts";
export type { CtrlOptions, CtrlTls } from "./ctrl/options.ts";
export { ERROR_CODES, type ErrorCode } from "./errors/codes.ts";
export { AppError, type FieldProblem, fail, hasCode, isAppError } from "./errors/error.ts";
export { isSecret, Secret } from "./errors/secret.ts";
export type { FetchHandler, Peer, Principal, Principals } from "./http/types.ts";
export { type Actor, type Grant, MASTER_GRANT } from "./kernel/actor.ts";
export type { Audit, AuditRecord } from "./kernel/audit.ts";
export type { Call, Context, Logger } from "./kernel/context.ts";
export { invoke } from "./kernel/invoke.ts";
export { type AnyOperation, defineOperation, type Operation } from "./kernel/operation.ts";
export { Type } from "./kernel/schema.ts";
export type { Target } from "./kernel/target.ts";
export type { CallOptions, XMail } from "./library.ts";
export { type OpenOptions, openXMail } from "./open.ts";
export { ALL_OPERATIONS, OPERATIONS } from "./operations/table.ts";
export { createPanel, type PanelOptions } from "./panel.ts";
export { openSite, type Site, type SiteOptions } from "./site.ts";
export { openState, type State } from "./state/state.ts";
export { local } from "./storage/local.ts";
export { type Lease, withLock } from "./storage/lock.ts";
export { memory } from "./storage/memory.ts";
export { nameOf, parentOf, ROOT, type StoragePath, storagePath } from "./storage/path.ts";
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
export type { Backend } from "./xmail/backend.ts";
