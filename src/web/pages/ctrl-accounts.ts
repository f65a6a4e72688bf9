import { ctrlAccount } from "../../operations/ctrl-account/ctrl-account.ts";
import { rowPages } from "../rows/row-pages.ts";
import type { RowScreens } from "../rows/row-screens.ts";

export const ctrlAccounts: RowScreens = {
  operations: { ...ctrlAccount, move: undefined, turn: undefined },
  path: "/ctrl-accounts",
  words: "ctrlAccount",
  columns: ["name"],
};

export const ctrlAccountPages = rowPages(ctrlAccounts);
