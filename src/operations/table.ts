import type { AnyOperation } from "../kernel/operation.ts";
import { accountAdd } from "./account/add.ts";
import { accountGet } from "./account/get.ts";
import { accountList } from "./account/list.ts";
import { accountRemove } from "./account/remove.ts";
import { accountResume } from "./account/resume.ts";
import { accountSetPassword } from "./account/set-password.ts";
import { accountSetVariables } from "./account/set-variables.ts";
import { accountSuspend } from "./account/suspend.ts";
import { aliasAdd } from "./alias/add.ts";
import { aliasExplain } from "./alias/explain.ts";
import { aliasList } from "./alias/list.ts";
import { aliasRemove } from "./alias/remove.ts";
import { changeGet } from "./change/get.ts";
import { changeList } from "./change/list.ts";
import { changeStatus } from "./change/status.ts";
import { changeUndo } from "./change/undo.ts";
import { domainAdd } from "./domain/add.ts";
import { domainGet } from "./domain/get.ts";
import { domainList } from "./domain/list.ts";
import { domainRemove } from "./domain/remove.ts";
import { domainAliasAdd } from "./domain-alias/add.ts";
import { domainAliasList } from "./domain-alias/list.ts";
import { domainAliasRemove } from "./domain-alias/remove.ts";
import { serverCheck } from "./server/check.ts";
import { serverStatus } from "./server/status.ts";
import { spamAddress } from "./spam-address/spam-address.ts";

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
    setVariables: accountSetVariables,
    suspend: accountSuspend,
    resume: accountResume,
  },
  alias: { list: aliasList, explain: aliasExplain, add: aliasAdd, remove: aliasRemove },
  domainAlias: { list: domainAliasList, add: domainAliasAdd, remove: domainAliasRemove },
  spamAddress: {
    list: spamAddress.list,
    add: spamAddress.add,
    change: spamAddress.change,
    remove: spamAddress.remove,
    turn: spamAddress.turn,
  },
  change: { list: changeList, get: changeGet, undo: changeUndo, status: changeStatus },
  server: { status: serverStatus, check: serverCheck },
} as const;

export const ALL_OPERATIONS: readonly AnyOperation[] = Object.values(OPERATIONS).flatMap((verbs) =>
  Object.values<AnyOperation>(verbs),
);
