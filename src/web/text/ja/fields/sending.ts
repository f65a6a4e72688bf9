import { rowFields } from "../../en/fields/row-fields.ts";

const CONTAINS = "検索語";
const needTls = "接続を暗号化するかどうかです。未設定の場合は、サーバ設定のSmtpGwConfigに従います。";
const outBind = "接続元にするこのサーバのアドレスです。空欄の場合は、サーバ設定のSmtpGwConfigに従います。";
const more = "専用の欄がないオプションです。XMailが読む形（名前=値）で、カンマで区切って入力します。";
const pattern = [
  "宛先ドメイン",
  "*は任意の文字列、?は1文字を表します。最初に当てはまる行が使われます。*だけですべてのドメインになります。",
] as const;

export const sendingFields = {
  program: {
    label: "プログラム",
    help: "XMailが動くサーバ上の絶対パスです（例：/usr/local/bin/scan、C:\\Tools\\scan.exe）。PATHもシェルも使われません。",
  },
  arguments: {
    label: "引数",
    help: "1行に1つずつ、プログラムに渡すとおりに入力します。空白では区切られず、引用符も不要です。",
  },
  ...rowFields(
    "smtpAccount",
    "名前の一部です。",
    {
      name: [
        "認証ID",
        "メールソフトなどが認証に使う名前です。メールアカウントである必要はありません。メールアカウントはここに登録しなくても認証できます。",
      ],
      password: [
        "パスワード",
        "8文字以上です。smtpauth.tabに平文で保存されるので、ほかで使っていないものにしてください。変更しない場合は空欄のままにします。",
      ],
      permissions: ["権限", "認証後に許可することです。未知の文字はそのまま残します。"],
    },
    CONTAINS,
  ),
  ...rowFields(
    "smtpCheck",
    "認証方式、プログラム、引数の一部です。",
    {
      method: ["認証方式", "AUTHで使う名前です（PLAIN、LOGIN、CRAM-MD5、または独自の名前）。"],
      program: [
        "プログラム",
        "XMailが動くサーバ上の絶対パスです。終了コードが0ならパスワードは正しいとみなされます。",
      ],
      arguments: [
        "引数",
        "1行に1つです。@@AUTH（認証方式）、@@USER、@@PASS、@@CHALL（チャレンジ）、@@DGEST（ダイジェスト）、@@RFILE（応答ファイル）はXMailが置き換えます。文字列の途中では$(USER)と書きます。",
      ],
    },
    CONTAINS,
  ),
  ...rowFields(
    "sourceRoute",
    "ドメインまたはサーバの一部です。",
    {
      pattern,
      relays: [
        "経由するサーバ",
        "経由する順に1行に1つです。宛先は @first,@second:user@domain の形になりますが、現在ではほとんどのサーバがこの形を拒否します。",
      ],
    },
    CONTAINS,
  ),
  ...rowFields(
    "forward",
    "ドメインまたはサーバの一部です。",
    {
      pattern,
      gateways: [
        "転送先サーバ",
        "上から順に試します。空にした欄は除かれます。欄が足りない場合は、いったん保存すると追加されます。",
      ],
      random: ["順不同", "予備として使うのではなく、負荷を分散します。"],
      needTls: ["全体のTLS", needTls],
      outBind: ["全体の送信元アドレス", outBind],
      more: ["全体のその他のオプション", more],
    },
    CONTAINS,
  ),
  "gateways.host": {
    label: "ホスト",
    help: "名前またはアドレスです。IPv6アドレスは [2001:db8::1] のように角かっこで囲みます。",
  },
  "gateways.port": { label: "ポート", help: "空欄の場合は25です。" },
  "gateways.needTls": { label: "TLSの使用", help: needTls },
  "gateways.outBind": { label: "送信元アドレス", help: outBind },
  "gateways.more": { label: "その他のオプション", help: more },
  host: { label: "サーバ", help: "一覧に表示されているサーバです。" },
  "clientLogin.add host": {
    label: "サーバ",
    help: "転送ルールまたはDNSに書かれている名前です。専用のファイルがないサーバには、親ドメインのものが使われます。example.comはmx.example.comにも使われます。",
  },
  ...rowFields(
    "clientLogin",
    "名前の一部です。",
    {
      method: ["認証方式", "XMailが使う認証方式です。相手のサーバが対応している必要があります。"],
      user: ["ユーザ名", "相手のサーバに登録されている名前です。"],
      password: [
        "パスワード",
        "相手のサーバから指定されたものです。ファイルに平文で保存されます。変更しない場合は空欄のままにします。",
      ],
    },
    CONTAINS,
  ),
  "clientLoginHost.list search": { label: CONTAINS, help: "サーバ名の一部です。" },
  "popCheck.add domain": {
    label: "ドメイン",
    help: "このサーバのドメインです。*とすると、専用のプログラムがないすべてのドメインになります。",
  },
  ...rowFields(
    "popCheck",
    "処理、プログラム、引数の一部です。",
    {
      action: ["処理", "処理ごとに1つのプログラムを指定できます。"],
      program: [
        "プログラム",
        "XMailが動くサーバ上の絶対パスです。終了コード0で許可または完了、それ以外で拒否とみなされます。",
      ],
      arguments: [
        "引数",
        "1行に1つです。@@USER、@@DOMAIN、@@PASSWD、@@PATH（アカウントのフォルダ）はXMailが置き換えます。文字列の途中では$(USER)と書きます。",
      ],
    },
    CONTAINS,
  ),
  "popCheckDomain.list search": { label: CONTAINS, help: "ドメイン名の一部です。" },
};
