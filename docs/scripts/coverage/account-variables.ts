import type { SETTINGS } from "../../../src/web/account-settings.ts";
import type { Cover } from "./cover.ts";

const FORM = ["/accounts/:domain/:name"];
const TABLE = ["/accounts/:domain/:name/variables"];
const EACH = "test/unit/operations/account-variables.test.ts#VARIABLES";

function variable(on: readonly string[]): Cover {
  return {
    by: ["account.get", "account.setVariables", "accountDefault.set", "domainDefault.set"],
    on: [...on, "/account-defaults", "/domains/:domain/defaults"],
    tests: [EACH],
  };
}

type OnForm = (typeof SETTINGS)[keyof typeof SETTINGS];
type Rest = "any other";

/** Variables of `user.tab`, which `userdef.tab` presets. */
export const ACCOUNT_VARIABLES: Readonly<Record<OnForm | Rest, Cover>> = {
  RealName: variable(FORM),
  HomePage: variable(FORM),
  MaxMBSize: variable(FORM),
  MaxMessageSize: variable(FORM),
  SmtpPerms: variable(FORM),
  ReceiveEnable: variable(FORM),
  PopEnable: variable(FORM),
  Pop3ScanCur: variable(FORM),
  ClosedML: variable(FORM),
  ListSender: variable(FORM),
  UseReplyTo: variable(FORM),
  DisableEmitAuthUser: variable(FORM),
  "any other": variable(TABLE),
};
