import type { Text } from "../en.ts";
import { accessFields } from "./fields/access.ts";
import { auditFields } from "./fields/audit.ts";
import { filterFields } from "./fields/filters.ts";
import { groupFields } from "./fields/groups.ts";
import { logFields } from "./fields/logs.ts";
import { mailFields } from "./fields/mail.ts";
import { mailboxFields } from "./fields/mailbox.ts";
import { meFields } from "./fields/me.ts";
import { peopleFields } from "./fields/people.ts";
import { sendingFields } from "./fields/sending.ts";
import { serverFields } from "./fields/server.ts";
import { spoolFields } from "./fields/spool.ts";

export const fields: Text["fields"] = {
  csv: { label: "CSVの内容", help: "1行目に列名を書きます。順序は自由です。" },
  most: { label: "1回の行数", help: "1回分ごとに1つの変更になります。" },
  "account.import from": { label: "再開する行", help: "この行より前は読み飛ばします。" },
  "alias.import from": { label: "再開する行", help: "この行より前は読み飛ばします。" },
  "member.import from": { label: "再開する行", help: "この行より前は読み飛ばします。" },
  mode: { label: "誤りのある行があるとき", help: "何も取り込まないか、取り込める行だけを取り込みます。" },
  resume: { label: "取り込みの続き", help: "同じ値ですでにあるものは誤りとしません。" },
  limitKB: { label: "メールボックスの上限", help: "kB単位、0で無制限。" },
  domain: { label: "ドメイン", help: "このサーバのドメインです。" },
  "domain.add domain": {
    label: "ドメイン名",
    help: "英数字、ピリオド、ハイフンが使えます。外部からのメールを受信するには、DNSのMXレコードにこのサーバを登録してください。イントラネット内だけの名前も使えます。",
  },
  "account.list domain": { label: "ドメイン", help: "このドメインのアカウントだけを表示します。" },
  "alias.list domain": { label: "ドメイン", help: "このドメインのエイリアスだけを表示します。" },
  "domainAlias.list domain": { label: "実ドメイン", help: "このドメインに向けたものだけを表示します。" },
  "alias.add domain": {
    label: "ドメイン",
    help: "このサーバのドメインです。*は任意の文字列、?は任意の1文字を表します。*.example.comはサブドメインすべてに当てはまります。",
  },
  "domainAlias.add domain": {
    label: "実ドメイン",
    help: "このドメインのアカウントがメールを受け取ります。",
  },
  name: { label: "アカウント", help: "メールアドレスの@より前の部分です。" },
  "account.add name": {
    label: "アカウント名",
    help: "@より前の部分です。英数字、ハイフン、下線と、途中のピリオドが使えます。大文字と小文字は区別されません。",
  },
  password: {
    label: "パスワード",
    help: '8文字以上の英数字と記号です。空白と " < > は使えません。記号を含む長いパスワードをお勧めします。',
  },
  "account.setPassword password": {
    label: "新しいパスワード",
    help: '8文字以上の英数字と記号です。空白と " < > は使えません。記号を含む長いパスワードをお勧めします。変更はすぐに有効になり、メールソフトの設定変更が必要です。',
  },
  change: { label: "変更", help: "変更履歴に表示される番号です。" },
  object: {
    label: "ドメインまたはアドレス",
    help: "ドメイン（所属アカウントを含む）、またはメールアドレス。",
  },
  operation: { label: "操作", help: "account.add のような操作名、または account.* の形で指定します。" },
  actor: { label: "変更者", help: "変更した管理者の名前です。" },
  "change.list search": { label: "検索語", help: "変更内容、理由、ファイル名の一部。" },
  since: { label: "開始日", help: "2026-11-24 のような日付。" },
  until: { label: "終了日", help: "2026-11-24 のような日付（当日を含む）。" },
  kind: { label: "種別", help: "個人のメールボックスか、メンバーに配信するメーリングリストかを選びます。" },
  realName: { label: "氏名", help: "FINGERサービスを公開している場合は、だれでも読むことができます。" },
  search: { label: "検索文字列", help: "アドレスの一部です。大文字と小文字は区別されません。" },
  "alias.list search": {
    label: "エイリアスまたは配送先に含む",
    help: "エイリアスか配送先アカウントの一部です。",
  },
  "domain.list search": { label: "ドメイン名に含む", help: "ドメイン名の一部です。" },
  "domainAlias.list search": { label: "ドメイン名に含む", help: "どちらかのドメイン名の一部です。" },
  "account.list search": {
    label: "アドレスに含む",
    help: "アドレスの一部です。大文字と小文字は区別されません。",
  },
  sort: { label: "並べ替え", help: "一覧の並び順です。" },
  order: { label: "順序", help: "昇順または降順です。" },
  cursor: { label: "ページ", help: "一覧のページの開始位置です。" },
  limit: { label: "行数", help: "1ページの行数です。" },
  set: { label: "設定する変数", help: "user.tabに書き込む変数名と値です。" },
  unset: { label: "削除する変数", help: "削除後はXMailの既定値が使われます。" },
  alias: { label: "エイリアス", help: "一覧に表示されているエイリアスです。" },
  "alias.add alias": {
    label: "エイリアス名",
    help: "@より前の部分です。*は任意の文字列、?は任意の1文字を表します。*だけを指定すると、ほかに宛先のないメールをすべて受け取ります。",
  },
  "domainAlias.add alias": {
    label: "ドメインエイリアス",
    help: "別名にするドメイン、または*.example.comのようなパターンです。このサーバのドメインは指定できません。",
  },
  target: {
    label: "配送先",
    help: "既存のアカウント名です。別のドメインのアカウントは完全なアドレスで指定します。",
  },
  id: { label: "項目", help: "一覧に示す項目のIDです。" },
  before: { label: "挿入位置", help: "この項目の前に置きます。省略すると末尾です。" },
  on: { label: "有効", help: "無効にすると、コメントとしてファイルに残り、働きません。" },
  confirm: { label: "確認", help: "危険な変更のときに入力を求められる語句です。" },
  "mail.explain sender": { label: "差出人", help: "エラー通知は差出人がないため、空欄にします。" },
  "mail.explain recipient": { label: "あて先", help: "メールのあて先アドレスです。" },
  "mail.explain client": {
    label: "送信元のIPアドレス",
    help: "192.0.2.7のように入力します。XMailには接続せず、メールも送信しません。",
  },
  "mail.explain account": {
    label: "認証するアカウント",
    help: "アカウントのアドレスか認証アカウントの名前です。認証しない場合は空欄にします。",
  },
  ...auditFields,
  ...mailboxFields,
  ...spoolFields,
  ...meFields,
  ...mailFields,
  ...sendingFields,
  ...serverFields,
  ...accessFields,
  ...filterFields,
  ...peopleFields,
  ...groupFields,
  ...logFields,
  pattern: { label: "パターン", help: "*は任意の文字列、?は任意の1文字です。" },
  "spamAddress.list search": { label: "検索語", help: "アドレスまたはパターンの一部です。" },
  address: {
    label: "メールアドレス",
    help: "XMailと同じ順序で各テーブルを調べます。メールは送信しません。",
  },
};
