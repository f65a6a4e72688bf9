import type { mailboxFields as english } from "../../en/fields/mailbox.ts";

export const mailboxFields: typeof english = {
  "mailbox.usage filter": { label: "表示", help: "満杯、残りわずか、急増中、未使用のいずれかです。" },
  "mailbox.usage days": { label: "ログインのない日数", help: "この日数を超えると未使用とみなします。" },
  "mailbox.usage sort": { label: "並べ替え", help: "容量の大きい順、残りの少ない順などです。" },
  "mailbox.count again": { label: "最初から", help: "すべてのアカウントを数え直します。" },
  "mailbox.count seconds": { label: "秒数", help: "応答するまでに数える時間です。続きから再開できます。" },
  "message.get message": { label: "メール", help: "メールボックスの一覧にある名前です。" },
  "message.raw message": { label: "メール", help: "メールボックスの一覧にある名前です。" },
  "message.attachment message": { label: "メール", help: "メールボックスの一覧にある名前です。" },
  "message.attachment place": { label: "添付ファイル", help: "0から始まる順番です。" },
};
