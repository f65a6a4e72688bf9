import type { RowWords } from "../../en/rows/row-words.ts";

export const ctrlAccountWords: RowWords = {
  title: "CTRLアカウント",
  lead: "CTRLポートからXMailを管理できるアカウントです（xmailcfgなどが使います）。どのアカウントもすべての操作ができ、パスワードも読めます。変更は次のログインから有効です。",
  one: "CTRLアカウント",
  none: "CTRLアカウントはありません",
  noneText: "CTRLポートからは誰も管理できません。",
};
