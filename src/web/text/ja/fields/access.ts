import { rowFields } from "../../en/fields/row-fields.ts";

const CONTAINS = "検索語";
const range = [
  "アドレスまたは範囲",
  "192.0.2.7、192.0.2.0/24、192.0.2.0 255.255.255.0、2001:db8::/32のように入力します。0.0.0.0/0はIPv4全体、::/0はすべてのアドレスです。マスクより下のビットは0にします。",
] as const;
const search = "一覧に表示されているアドレスの一部です。";
const map = {
  range,
  decision: ["判定", "このルールが最初に一致したときのXMailの動作です。"],
  precedence: [
    "優先順位",
    "数の大きいルールで判定し、同じ数なら後の行が優先されます。空欄の場合は、より広い範囲のルールより前に置きます。上下に移動すると自動で設定されます。",
  ],
} as const;
const properties = {
  whiteList: [
    "信頼する（WhiteList）",
    "アクセス許可、不正アクセスホスト、スパムデータベースの検査を行いません。",
  ],
  noAuth: ["認証不要（NoAuth）", "SMTP認証を必須にしていても（MailAuth）、認証なしで送信できます。"],
  easeTls: ["TLS不要（EaseTLS）", "TLSを必須にしていても（WantTLS）、TLSなしで送信できます。"],
  enableVrfy: ["VRFYを許可する", "アドレスの有無を問い合わせることができます。"],
  enableEtrn: ["ETRNを許可する", "待機中のメールをすぐに配送させることができます。"],
  skipSenderCheck: [
    "送信者ドメインを検査しない（SenderDomainCheck=0）",
    "CheckMailerDomainが有効でも、MAIL FROMのドメインを検査しません。",
  ],
} as const;

export const accessFields = {
  ...rowFields("smtpAccess", search, map, CONTAINS),
  ...rowFields("pop3Access", search, map, CONTAINS),
  ...rowFields("ctrlAccess", search, map, CONTAINS),
  ...rowFields("fingerAccess", search, map, CONTAINS),
  ...rowFields("accountAccess", search, map, CONTAINS),
  ...rowFields("relay", search, { range }, CONTAINS),
  ...rowFields(
    "spammer",
    search,
    {
      range,
      action: ["対応", "このアドレスから接続されたときの動作です。"],
      delaySeconds: ["遅延（秒）", "応答のたびに待つ秒数です。遅延を選んだときだけ入力します。"],
    },
    CONTAINS,
  ),
  ...rowFields("ipProperty", search, { range, ...properties }, CONTAINS),
  ...rowFields(
    "hostProperty",
    "ホスト名の一部です。",
    {
      host: [
        "クライアントのホスト名",
        "アドレスの逆引き（PTR）で得られる名前です。XMailは先頭部分だけを比べるため、mail.exampleはmail.example.comにも一致します。先頭が「.」の名前はどのホストにも一致しません。",
      ],
      ...properties,
    },
    CONTAINS,
  ),
  "spammer.rebuild days": { label: "日数", help: "今日を含む、この日数のログを調べます。" },
  "spammer.rebuild tries": {
    label: "不正な試みの回数",
    help: "サインインの失敗、存在しない宛先、中継の拒否を合わせて、この回数から拒否します。",
  },
  "spammer.rebuild mode": {
    label: "以前にログから登録した拒否",
    help: "手で登録した拒否は、どちらでも残ります。",
  },
  "spammer.rebuild spare": {
    label: "拒否しないアドレス",
    help: "1行に1つ、アドレスか範囲。社内のネットワークなど。",
  },
  service: { label: "サービス", help: "クライアントの接続先です。" },
  "access.explain address": {
    label: "クライアントのアドレス",
    help: "IPv4またはIPv6のアドレスを1つ入力します。",
  },
  host: {
    label: "クライアントのホスト名",
    help: "ホスト名による例外を調べるための、逆引きの名前です。ここではDNSに問い合わせません。",
  },
};
