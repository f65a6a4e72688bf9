import type { mailFields as en } from "../../en/fields/mail.ts";

interface Words {
  readonly label: string;
  readonly help: string;
}

const NOUNS = ["mailStep", "domainMailStep", "commandAliasStep", "customDomainStep"] as const;
type Noun = (typeof NOUNS)[number];
type Program = "program" | "arguments" | "timeout" | "priority";

const programs: Readonly<Record<Program, Words>> = {
  program: {
    label: "プログラム",
    help: "XMailのマシンでのフルパス（例：/usr/local/bin/scan）。PATHやシェルは使われません。",
  },
  arguments: {
    label: "引数",
    help: "1行に1つ。@@FILE（メール本体）、@@FROM、@@RCPT、@@RRCPT、@@MSGID、@@MSGREF、@@TMPFILE、@@USERAUTHはXMailが置き換えます。文字列の途中では $(FILE) と書きます。",
  },
  timeout: { label: "制限時間（秒）", help: "0にすると、externalのプログラムの終了を待ちません。" },
  priority: { label: "優先度", help: "0はXMail本体と同じ優先度です。" },
};

type StepKey = `${Noun}.${"addProgram" | "changeProgram"} ${Program}` | `${Noun}.list search`;
const steps = Object.fromEntries(
  NOUNS.flatMap((noun) => [
    [`${noun}.list search`, { label: "検索語", help: "アドレス、サーバ、プログラムの一部。" }],
    ...["addProgram", "changeProgram"].flatMap((verb) =>
      Object.entries(programs).map(([name, words]) => [`${noun}.${verb} ${name}`, words]),
    ),
  ]),
) as Readonly<Record<StepKey, Words>>;

export const mailFields: typeof en = {
  ...steps,
  step: { label: "処理", help: "XMailがメールをどう扱うか。" },
  addresses: {
    label: "転送先",
    help: "転送の処理で使います。1行に1つのアドレス、または@より前の名前をそのまま使うドメイン。",
  },
  "forwarding.set addresses": {
    label: "転送先",
    help: "1行に1つのアドレス。空なら転送しません。",
  },
  "vacation.set on": { label: "自動返信", help: "オフにしても、内容は次回のために残ります。" },
  "vacation.set subject": {
    label: "件名",
    help: "空欄なら「Auto:」に続けて元のメールの件名を付けます。",
  },
  "vacation.set text": { label: "本文", help: "書式のない文章。日本語も使えます。" },
  "vacation.set from": { label: "最初の日", help: "空欄ならすぐに始めます。" },
  "vacation.set until": { label: "最後の日", help: "空欄ならオフにするまで続けます。" },
  "vacation.set days": {
    label: "返信の間隔（日）",
    help: "同じ差出人には、この日数が過ぎるまで再び返信しません。通常は7日です。",
  },
  random: { label: "順不同", help: "サーバが複数あるとき、順番を決めずに使い、負荷を分散します。" },
  keepCopy: { label: "コピーを残す", help: "このアカウントのメールボックスにも保存します。" },
  servers: {
    label: "サーバ",
    help: "「サーバに渡す」で使います。1行に1つ（例：mx.example.com、mx.example.com:587,NeedTLS=2）。",
  },
  "mailStep.addProgram step": {
    label: "種類",
    help: "フィルタでは、終了コードによってメールの扱いが決まります。",
  },
  priority: programs.priority,
  "commandAliasStep.add alias": {
    label: "名前",
    help: "@より前の部分。英数字、ハイフン、アンダースコア、途中のドット（連続不可）。",
  },
  "customDomainStep.add domain": {
    label: "ドメイン",
    help: "例：example.com。それより下のすべては .example.com、他のすべては*。",
  },
  "customDomain.explain domain": { label: "ドメイン", help: "@より後ろのドメイン。" },
  "customDomain.list search": { label: "検索語", help: "ドメイン名の一部。" },
  "commandAlias.list search": { label: "検索語", help: "@より前の名前の一部。" },
  "member.list search": { label: "検索語", help: "アドレスの一部。" },
  "member.add address": { label: "アドレス", help: "このサーバまたは外部のメールアドレス。" },
  rights: {
    label: "権限",
    help: "受信と、メンバーだけが投稿できるリストへの投稿。",
  },
  lines: {
    label: "メンバー",
    help: "1行に1件：hana@example.com、Hana <hana@example.com>、CSVならhana@example.com;RA。",
  },
  "member.addMany rights": { label: "権限", help: "権限の書かれていない行に使います。" },
  "popLink.list search": { label: "検索語", help: "アドレスやサーバの一部。" },
  "popLink.list domain": { label: "ドメイン", help: "このドメインのアカウントに届くものだけ。" },
  "popLink.add domain": {
    label: "届け先のドメイン",
    help: "このサーバのドメイン。または規則：@example.comはその各アドレスに配送、?new,oldはoldをnewに置き換え、&.suffix,domainはアドレスに末尾を付けます。",
  },
  "popLink.add name": { label: "アカウント", help: "メールを受け取るアカウント。規則の場合は任意の名前。" },
  remoteName: {
    label: "受信元のユーザ名",
    help: "プロバイダから通知されたもの。アドレス全体のこともあります。",
  },
  "popLink.add host": {
    label: "サーバ",
    help: "POP3サーバの名前。必要なら :995のようにポートを付けます。",
  },
  "popLink.add password": { label: "受信元のパスワード", help: "XMailは元に戻せる形で保存します。" },
  "popLink.change password": { label: "受信元のパスワード", help: "空欄なら変わりません。" },
  signIn: { label: "認証方法", help: "パスワードの送り方。" },
  tls: { label: "暗号化", help: "なしにすると、パスワードとメールが途中で読まれるおそれがあります。" },
  leave: { label: "受信元に残す", help: "残さない場合、受信したメールは受信元から削除されます。" },
  "popLink.add outBind": {
    label: "送信元アドレス",
    help: "このサーバが複数のアドレスを持つ場合に指定します。",
  },
  "popLink.change outBind": {
    label: "送信元アドレス",
    help: "このサーバが複数のアドレスを持つ場合に指定します。",
  },
  "externalAlias.list search": { label: "検索語", help: "どちらかのアドレスの一部。" },
  "externalAlias.list domain": { label: "ドメイン", help: "このドメインのアカウントだけ。" },
  local: { label: "このサーバのアカウント", help: "既存のアカウントの完全なアドレス。" },
  remote: { label: "外部のアドレス", help: "このアカウントが差出人として使うアドレス。" },
};
