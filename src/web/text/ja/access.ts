import type { accessWords as english } from "../en/access.ts";

export const accessWords: typeof english = {
  access: {
    services: "サービス",
    tabs: { smtp: "SMTP接続", pop3: "POP3接続", ctrl: "CTRL接続", finger: "FINGER接続" },
    exceptions: "指定の方法",
    byAddress: "IPアドレス",
    byName: "ホスト名",
    ask: "どのルールで判定されるか",
    button: "調べる",
    decisions: {
      allow: "{address}は接続できます。",
      deny: "{address}は拒否されます。",
      authenticated: "{address}は認証したときだけ送信できます。",
      delay: "{address}への応答は遅延します。",
    },
    relays: "認証なしで外部へ送信できます。",
    noRelay: "外部へ送信するには認証が必要です。",
    whiteListed: "信頼するクライアントなので、アクセス許可と不正アクセスホストは調べません。",
    tables: {
      ipProperty: "ホワイトリスト（IPアドレス）",
      hostProperty: "ホワイトリスト（ホスト名）",
      ipMap: "アクセス許可",
      spammer: "不正アクセスホスト",
      relay: "リレー許可",
      accountMap: "アカウントのルール",
    },
    decides: "{name}で判定：{says}",
    place: "{file} {line}行目",
    none: "一致する項目はありません。",
    lost: "ほかに一致：{name}（{line}行目）：{says}",
    unknown: "{line}行目はホスト名です。そのアドレスはXMailにしか調べられません。",
    says: { allow: "許可", deny: "拒否", cut: "直ちに切断", authenticated: "認証したときだけ許可" },
    seconds: "{seconds}秒の遅延",
    shadowed: "判定に使われません：{name}（{line}行目）が先に一致します",
    exceptionsOf: "先に判定される例外：{names}",
    rebuild: "ログから拒否を登録",
    rebuildText:
      "パスワードを推測した、または宛先を探ったアドレスを1つずつ拒否します。失敗より多くのメールを届けた接続元には触れません。ご自分で登録した拒否は残ります。",
    andMore: "ほか{count}件",
  },
};
