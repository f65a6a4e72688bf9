import type { peopleRules as english } from "../../en/rules/people.ts";

const MORE = "不要なものを削除するか、管理者に相談してください。";

export const peopleRules: typeof english = {
  person: () => "IDまたはログイン名を入力してください。",
  "login-name": () => "英数字で始め、英数字、ピリオド、ハイフン、下線、@で入力してください。",
  "sign-in-alias": () => "英数字、ハイフン、下線で5文字以上入力するか、空欄にしてください。",
  "door-slug": () => "英小文字、数字、ハイフンで3文字以上入力してください（例: sato-office）。",
  "door-host": () => "post.example.comのように、小文字のホスト名を入力してください。",
  "masters-only": () => "この項目を決められるのはマスター管理者だけです。",
  "telling-name": () => "adminやxmailを含まない、何のページかわからない名前にしてください。",
  picture: () => "PNG、JPEG、WebPの画像ではありません。",
  colour: () => "#336699のような色を入力してください。",
  "host-port": () => "pop.example.comまたはpop.example.com:110のように入力してください。",
  "days-turned": () => "終了日が開始日より前です。",
  "day-not-held": (limit) => `ご自身の期限（${limit}）を超えて委任することはできません。`,
  "day-over": (limit) => `この日はすでに過ぎています。今日は${limit}です。`,
  "not-held": (limit) => `委任できるのは担当しているものだけです。${limit}は含まれていません。`,
  "no-such-domain": (limit) => `${limit}はこのサーバのドメインではありません。`,
  "no-such-list": (limit) => `${limit}はこのサーバのメーリングリストではありません。`,
  "no-such-account": (limit) => `${limit}はこのサーバのアカウントではありません。`,
  "most-group-members": (limit) => `グループのメンバーは${limit}名までです。`,
  group: () => "グループのIDまたは名前を入力してください。",
  "group-name": () => "100文字以内の1行で入力してください。",
  "no-such-operation": (limit) => `${limit}という操作はありません。`,
  "most-domains": (limit) => `ドメイン数の上限は${limit}です。${MORE}`,
  "most-accounts": (limit) => `アカウント数の上限は${limit}です。${MORE}`,
  "most-lists": (limit) => `メーリングリスト数の上限は${limit}です。${MORE}`,
  "most-listMembers": (limit) => `全リストの購読者数の上限は${limit}です。${MORE}`,
  "most-aliases": (limit) => `エイリアス数の上限は${limit}です。${MORE}`,
  "most-mailboxKilobytes": (limit) => `メールボックスの上限は${limit}KBです。`,
  "key-id": () => "一覧を開き直してください。このキーはありません。",
};
