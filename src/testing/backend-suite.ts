import { ACCOUNT_CASES } from "./backend/accounts.ts";
import { ALIAS_CASES, DOMAIN_ALIAS_CASES } from "./backend/aliases.ts";
import { DOMAIN_CASES } from "./backend/domains.ts";
import { PASSWORD_CASES } from "./backend/passwords.ts";
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
  ...SERVER_CASES,
];

/**
 * The contract of the port `Backend`, for whoever implements it: run each case, a rejection is a fault. Every case
 * calls `open` for a fresh MailRoot with the one domain `example.com`, as `writeMailRoot` makes it.
 */
export function backendSuite(
  open: () => Promise<OpenedBackend>,
): readonly { readonly name: string; run(): Promise<void> }[] {
  return CASES.map(({ name, play }) => ({
    name,
    async run() {
      const opened = await open();
      try {
        await play(await stageOver(opened));
      } finally {
        await opened.close();
      }
    },
  }));
}
