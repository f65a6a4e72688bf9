import type { auditFields as english } from "../../en/fields/audit.ts";

const ACTOR = { label: "操作者", help: "操作した人の名前またはIDです。" };
const SEARCH = { label: "検索語", help: "操作名、名前、理由、入力内容の一部です。" };
const FROM = { label: "接続元", help: "接続元のアドレス、またはその先頭部分です。" };

export const auditFields: typeof english = {
  record: { label: "記録", help: "監査ログでの記録の番号です。" },
  "audit.list actor": ACTOR,
  "audit.list search": SEARCH,
  "audit.export actor": ACTOR,
  "audit.export search": SEARCH,
  "audit.list from": FROM,
  "audit.export from": FROM,
  outcome: { label: "結果", help: "操作の結果です。" },
  openedMail: { label: "メールの閲覧", help: "他人のメールを開いた記録だけを表示します。" },
  recent: { label: "最近のみ", help: "ログの末尾だけを調べます。" },
  head: {
    label: "控えておいたハッシュ",
    help: "以前の検証で表示された16進数64桁です。その後ログが作り直されていないかを調べます。",
  },
  "audit.verify after": {
    label: "この番号より後",
    help: "記録の番号です。そこまでの異常は確認済みとして表示しません。",
  },
};
