import { smtpAccount } from "../../operations/smtp-account/smtp-account.ts";
import { notice } from "../parts/flash.ts";
import { rowPages } from "../rows/row-pages.ts";
import type { RowScreens } from "../rows/row-screens.ts";

export const sendingAccounts: RowScreens = {
  operations: { ...smtpAccount, move: undefined },
  path: "/sending-accounts",
  words: "smtpAccount",
  columns: ["name", "permissions"],
  above: ({ t }) => notice("info", t.sending.clearText),
};

export const sendingAccountPages = rowPages(sendingAccounts);
