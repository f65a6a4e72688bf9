import { ACCOUNT_CASES } from "./backend/accounts.ts";
import { ALIAS_CASES, DOMAIN_ALIAS_CASES } from "./backend/aliases.ts";
import { CHANGE_CASES, NO_CHANGE_CASES } from "./backend/changes.ts";
import { DOMAIN_CASES } from "./backend/domains.ts";
import { EXTERNAL_ALIAS_CASES } from "./backend/external-aliases.ts";
import { FILE_CASES } from "./backend/files.ts";
import { MAILING_LIST_CASES } from "./backend/mailing-lists.ts";
import { PASSWORD_CASES } from "./backend/passwords.ts";
import { popLinkCases } from "./backend/pop-links.ts";
import { SERVER_CASES } from "./backend/server.ts";
import { type OpenedBackend, stageOver } from "./backend/stage.ts";
import { VARIABLE_CASES } from "./backend/variables.ts";

export type { OpenedBackend } from "./backend/stage.ts";

const CASES = [
  ...DOMAIN_CASES,
  ...ACCOUNT_CASES,
  ...PASSWORD_CASES,
  ...VARIABLE_CASES,
  ...ALIAS_CASES,
  ...DOMAIN_ALIAS_CASES,
  ...FILE_CASES,
  ...EXTERNAL_ALIAS_CASES,
  ...MAILING_LIST_CASES,
  ...SERVER_CASES,
];

export interface BackendSuiteOptions {
  /** Whether the backend has `changes` (default: it has). */
  readonly changes?: boolean;
  /** Whether names of files may have a colon (default: they may); not on a Windows file server. */
  readonly colons?: boolean;
}

/**
 * The contract of the port `Backend`, for whoever implements it: run each case, a rejection is a fault. Every case
 * calls `open` for a fresh MailRoot with the one domain `example.com`, as `writeMailRoot` makes it.
 */
export function backendSuite(
  open: () => Promise<OpenedBackend>,
  { changes = true, colons = true }: BackendSuiteOptions = {},
): readonly { readonly name: string; run(): Promise<void> }[] {
  return [...CASES, ...popLinkCases(colons), ...(changes ? CHANGE_CASES : NO_CHANGE_CASES)].map(
    ({ name, play }) => ({
      name,
      async run() {
        const opened = await open();
        try {
          await play(await stageOver(opened));
        } finally {
          await opened.close();
        }
      },
    }),
  );
}
