import { rowFields } from "../../en/fields/row-fields.ts";

const CONTAINS = "検索語";
const shared = {
  skipSignedIn: ["認証済みは除く", "認証したユーザのメールでは実行しません（フラグaex）。"],
  skipWhitelisted: [
    "ホワイトリストは除く",
    "smtp.ipprop.tabまたはsmtp.hnprop.tabでホワイトリストに登録されたアドレスからのメールでは実行しません（フラグwlex）。",
  ],
  timeout: [
    "制限時間（秒）",
    "空欄の場合は90秒です。超えるとフィルタが何もしなかったものとして先に進み、プログラムは動き続けます。",
  ],
  otherFlags: ["その他のフラグ", "専用の欄がないフラグです。カンマで区切ります。"],
} as const;
const program = [
  "プログラム",
  "XMailが動くサーバ上の絶対パスです（例：/usr/local/bin/scan、C:\\Tools\\scan.exe）。PATHもシェルも使われません。",
] as const;
const search = "プログラムまたは引数の一部です。";

const smtp = {
  program,
  arguments: [
    "引数",
    "1行に1つです。@@FILE（メッセージ）、@@USERAUTH（認証したユーザ）、@@REMOTEADDR、@@LOCALADDR、@@FROM、@@CRCPT（直前に指定された宛先）、@@RRCPT（その実アカウント）はXMailが置き換えます。文字列の途中では$(FILE)と書きます。",
  ],
  ...shared,
} as const;
const rule = {
  sender: ["送信者", "メールアドレスまたはパターンです。*ですべてになります。"],
  recipient: ["受信者", "メールアドレスまたはパターンです。*ですべてになります。"],
  remote: [
    "リモートIP",
    "相手のアドレスとビット数です。::/0はすべてのアドレス、0.0.0.0/0はIPv6以外のアドレスです。",
  ],
  local: ["ローカルIP", "受信したこのサーバのアドレスとビット数です。::/0はすべてのアドレスです。"],
  file: [
    "フィルタファイル",
    "実行するプログラムを並べた、filters/内のファイルです。先に作成しておく必要があります。",
  ],
} as const;
const rules = "アドレス、ネットワーク、ファイルの一部です。";

export const filterFields = {
  ...rowFields("filterPostRcpt", search, smtp, CONTAINS),
  ...rowFields("filterPreData", search, smtp, CONTAINS),
  ...rowFields("filterPostData", search, smtp, CONTAINS),
  ...rowFields("filterIn", rules, rule, CONTAINS),
  ...rowFields("filterOut", rules, rule, CONTAINS),
  ...rowFields(
    "filterStep",
    search,
    {
      program,
      arguments: [
        "引数",
        "1行に1つです。@@FILE（メッセージ）、@@MSGID、@@MSGREF、@@FROM、@@RFROM、@@RCPT、@@RRCPT、@@REMOTEADDR、@@LOCALADDR、@@TMPFILE、@@USERAUTH（認証したユーザ）はXMailが置き換えます。文字列の途中では$(FILE)と書きます。",
      ],
      ...shared,
    },
    CONTAINS,
  ),
  file: { label: "フィルタファイル", help: "一覧に表示されている、filters/内のファイルです。" },
  "filterFile.add file": {
    label: "ファイル名",
    help: "英数字、ハイフン、アンダースコアと、途中の単独のピリオドが使えます（例：scan.tab）。",
  },
  "filterFile.list search": { label: CONTAINS, help: "ファイル名の一部です。" },
};
