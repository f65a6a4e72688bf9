import type { RowWords } from "../../en/rows/row-words.ts";

export const spamAddressWords: RowWords = {
  title: "スパムアドレス",
  lead: "送信者（MAIL FROM）がここに当てはまるメールをXMailは拒否します。メール本文のFrom:ヘッダは調べません。",
  one: "スパムアドレス",
  none: "拒否する送信者はありません",
  noneText: "追加すると、どのサーバから届いても、その送信者のメールをすべて拒否します。",
};
