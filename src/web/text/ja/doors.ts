import type { Text } from "../en.ts";

export const doorsWords: Pick<Text, "door" | "landing" | "seeAs"> = {
  door: {
    title: "メール設定",
    address: "メールアドレス",
    addressHelp: "hana@example.com のように、全体を入力します。",
    mailboxHelp: "メールの受信に使うパスワードです。",
    help: "このページ用に渡されたパスワードです。",
    note: "ログインと変更はすべて記録されます。パスワードを忘れた場合は、このアドレスを知らせた人に連絡してください。",
    wrong: "アドレスまたはパスワードが違います。",
  },
  landing: {
    mailbox: "あなたのメールボックス",
    mailboxOpen: "メールボックスと設定",
    password: "パスワードの変更",
    forwarding: "メールの転送",
    vacation: "不在時の自動返信",
    lists: "あなたのメーリングリスト",
    list: "リスト",
    noLists: "担当のメーリングリストはまだありません",
    noListsText: "このログインを用意した人に連絡してください。",
  },
  seeAs: {
    title: "ほかの人の画面を見る",
    lead: "15分間だけ表示します。見えるものはすべて同じですが、変更はできません。",
    who: "だれの画面",
    whoHelp: "委任管理者・リスト管理者のログイン名、またはメールボックスのアドレスです。",
    why: "理由",
    whyHelp: "あなたの名前とともに記録されます。",
    button: "表示する",
    link: "ほかの人の画面を見る",
    banner: "{name} の画面を見ています。変更はできません。",
    end: "自分の画面に戻る",
  },
};
