import { checkAliases, checkDomainAliases } from "./checks/aliases.ts";
import { checkCommandAliases } from "./checks/command-aliases.ts";
import { checkCtrl } from "./checks/ctrl.ts";
import { checkDutyAddresses } from "./checks/duty-addresses.ts";
import { checkFolders } from "./checks/folders.ts";
import { checkLists } from "./checks/lists.ts";
import { checkMailSteps } from "./checks/mail-steps.ts";
import { checkPasswords } from "./checks/passwords.ts";
import { checkRelay } from "./checks/relay.ts";
import { checkServerTab } from "./checks/server-tab.ts";
import { checkShadowedPatterns, checkShadowedRules } from "./checks/shadowed-rules.ts";
import { checkUnreadable } from "./checks/unreadable.ts";
import type { LintFinding } from "./codes.ts";
import type { Facts } from "./facts.ts";

/** Every check; one that cannot be made over this way to XMail finds that. */
export const CHECKS: readonly ((facts: Facts) => Promise<LintFinding[]>)[] = [
  checkRelay,
  checkCtrl,
  checkServerTab,
  checkMailSteps,
  checkAliases,
  checkDomainAliases,
  checkCommandAliases,
  checkLists,
  checkFolders,
  checkDutyAddresses,
  checkPasswords,
  checkShadowedRules,
  checkShadowedPatterns,
  checkUnreadable,
];
