import { type Command, DONE } from "../answer.ts";
import { ACCOUNT_COMMANDS } from "./account.ts";
import { ALIAS_COMMANDS } from "./alias.ts";
import { CUSTOM_DOMAIN_COMMANDS } from "./custom-domain.ts";
import { DOMAIN_COMMANDS } from "./domain.ts";
import { DOMAIN_ALIAS_COMMANDS } from "./domain-alias.ts";
import { EXTERNAL_ALIAS_COMMANDS } from "./external-alias.ts";
import { FILE_COMMANDS } from "./file.ts";
import { FROZEN_COMMANDS } from "./frozen.ts";
import { MAILING_LIST_COMMANDS } from "./mailing-list.ts";
import { MAILPROC_COMMANDS } from "./mailproc.ts";
import { POP_LINK_COMMANDS } from "./pop-link.ts";
import { STATISTICS_COMMANDS } from "./statistics.ts";
import { VARIABLE_COMMANDS } from "./variables.ts";

/** The 43 commands of XMail 1.27, by their words in lower case. */
export const COMMANDS: ReadonlyMap<string, Command> = new Map(
  Object.entries<Command>({
    ...ACCOUNT_COMMANDS,
    ...VARIABLE_COMMANDS,
    ...STATISTICS_COMMANDS,
    ...MAILPROC_COMMANDS,
    ...ALIAS_COMMANDS,
    ...EXTERNAL_ALIAS_COMMANDS,
    ...MAILING_LIST_COMMANDS,
    ...DOMAIN_COMMANDS,
    ...DOMAIN_ALIAS_COMMANDS,
    ...CUSTOM_DOMAIN_COMMANDS,
    ...POP_LINK_COMMANDS,
    ...FILE_COMMANDS,
    ...FROZEN_COMMANDS,
    noop: { least: 0, most: 0, run: () => DONE },
    quit: { least: 0, most: 0, run: () => ({ kind: "bye" }) },
  }),
);
