/** 自分のログインに関する操作の項目。 */
export const meFields = {
  currentPassword: { label: "現在のパスワード", help: "今ログインに使っているパスワードです。" },
  "me.setPassword password": { label: "新しいパスワード", help: "12文字以上。文字の種類は問いません。" },
  "me.setLanguage language": { label: "言語", help: "管理画面の言語です。" },
  "me.confirmTotp code": { label: "アプリに表示されているコード", help: "6桁の数字です。" },
  "me.addPasskey id": { label: "パスキー", help: "ブラウザが返したIDです。" },
  "me.addPasskey name": { label: "名前", help: "あとで見分けるための名前です（例: スマートフォン）。" },
  "me.removePasskey id": { label: "パスキー", help: "一覧に表示されているIDです。" },
  publicKey: { label: "公開鍵", help: "COSE形式をbase64urlで表したものです。" },
  counter: { label: "カウンタ", help: "パスキーが使われた回数です。" },
  transports: { label: "接続方法", help: "ブラウザがパスキーに接続する方法です。" },
} as const;
