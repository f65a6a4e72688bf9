import type { serverVariables as english } from "../../en/server/variables.ts";

export const serverVariables: typeof english = {
  RootDomain: {
    label: "ルートドメイン",
    help: "このサーバの主となるドメインです。複数あるときはどれか1つを指定します。",
    absent: "XMailがすべてのメールに421を返すため、削除できません。",
  },
  SmtpServerDomain: {
    label: "SMTPサーバドメイン",
    help: "SMTPの応答の最初の行、Receivedヘッダ、CRAM-MD5で名乗る名前です。",
    absent: "マシンのホスト名を使います。",
  },
  POP3Domain: {
    label: "POPデフォルトドメイン",
    help: "@のないPOP3ログインとFingerの問い合わせで補われるドメインです。",
    absent: "接続先アドレスの逆引きで得たドメイン、なければルートドメインを使います。",
  },
  HeloDomain: {
    label: "SMTPハロードメイン",
    help: "他のサーバへ配送するときにHELOで名乗る名前です。このサーバを指す名前にします。",
    absent: "自分のIPアドレスの逆引きで得た名前を使います。",
  },
  PostMaster: {
    label: "ポストマスターアドレス",
    help: "エラー通知の送信者です。実際に読まれているアドレスにします。",
    absent: "エラー通知に送信者が付きません。",
  },
  DefaultSMTPGateways: {
    label: "SMTPゲートウェイ",
    help: "他のサーバ宛てのメールを、MXの代わりにここへ上から順に渡します。",
    absent: "宛先ドメインのMXへ配送します。",
  },
  SmtpGwConfig: {
    label: "送信時の接続",
    help: "配送先すべてに適用されます。ゲートウェイごとの指定が優先します。",
    absent: "TLSを使わず、送信元アドレスも指定しません。",
  },
  ReceivedHdrType: {
    label: "ReceivedヘッダのIPアドレス",
    help: "ReceivedヘッダにどのIPアドレスを書くかを決めます。",
    absent: "クライアントのIPアドレスを書きます。",
  },
  DisableEmitAuthUser: {
    label: "X-AuthUserヘッダを付けない",
    help: "X-AuthUserは、誰が認証して送信したかを受信者に示します。",
    absent: "X-AuthUserを付けます。",
  },
  MaxMessageSize: {
    label: "メッセージサイズの上限",
    help: "これより大きいメールを拒否します。0は無制限です。アカウントごとにも指定できます。",
    absent: "無制限です。",
  },
  MaxMTAOps: {
    label: "配送処理の最大ステップ数",
    help: "ループしているメールを止めます。",
    absent: "16ステップです。",
  },
  SmtpMinDiskSpace: {
    label: "SMTPに必要なディスク空き容量",
    help: "空きがこれより少ないとSMTP接続を断ります。-1は確認しません。",
    absent: "確認しません。",
  },
  SmtpMinVirtMemSpace: {
    label: "SMTPに必要な仮想メモリ",
    help: "空きがこれより少ないとSMTP接続を断ります。-1は確認しません。",
    absent: "確認しません。",
  },
  Pop3MinVirtMemSpace: {
    label: "POP3に必要な仮想メモリ",
    help: "空きがこれより少ないとPOP3接続を断ります。-1は確認しません。",
    absent: "確認しません。",
  },
  "SMTP-MaxErrors": {
    label: "切断するまでのエラー数",
    help: "誤ったコマンドや宛先を数えます。0は無制限です。",
    absent: "無制限です。",
  },
  DefaultSmtpPerms: {
    label: "アカウントのSMTP権限",
    help: "M 送信、R 中継、V VRFY、T ETRN、Z サイズ無制限、S TLS不要、0 なし。自分の権限を持たないアカウントに適用されます。",
    absent: "MRVZ（送信と中継ができます）。",
  },
  "EnableAuthSMTP-POP3": {
    label: "POP before SMTPを許可",
    help: "POP3でログインしたIPアドレスから、しばらくの間送信できます。",
    absent: "有効です。",
  },
  AllowNullSender: {
    label: "空の送信者を受け付ける",
    help: "他のサーバからのエラー通知は送信者が空です。無効にすると届きません。",
    absent: "有効です。",
  },
  CheckMailerDomain: {
    label: "送信者ドメインの確認",
    help: "送信者のドメインにMXもアドレスもないメールを拒否します。",
    absent: "確認しません。",
  },
  "SMTP-RDNSCheck": {
    label: "逆引きできないクライアント",
    help: "1 拒否、0 許可、-S 応答をS秒遅らせる。",
    absent: "許可します。",
  },
  "SMTP-IpMapDropCode": {
    label: "アクセス非許可クライアントへの対応",
    help: "1 直ちに切断、0 認証した人のみ許可、-S 応答をS秒遅らせる。",
    absent: "直ちに切断します。",
  },
  CustMapsList: {
    label: "不正中継データベース",
    help: "載っているクライアント：1 切断、0 認証した人のみ許可、-S S秒遅らせる。ゾーンの末尾にはドットを付けます。",
    absent: "照会しません。",
  },
  AllowSmtpVRFY: {
    label: "VRFYコマンドを許可",
    help: "VRFYは、どのアカウントがあるかを外部に教えます。",
    absent: "許可しません。",
  },
  AllowSmtpETRN: {
    label: "ETRNコマンドを許可",
    help: "ETRNは、待機中のメールの配送を始めさせます。",
    absent: "許可しません。",
  },
  SmtpConfig: {
    label: "SMTPポートの条件",
    help: "下に個別の指定がないアドレスとポートすべてに適用されます。",
    absent: "条件はありません（リレー許可に従います）。",
  },
  SmtpMsgIPBan: {
    label: "応答：アクセス許可による拒否",
    help: "SMTPの応答そのものです（コードと文）。",
    absent: "XMailの標準の文を返します。",
  },
  SmtpMsgIPBanSpammers: {
    label: "応答：不正アクセスホスト",
    help: "SMTPの応答そのものです（コードと文）。",
    absent: "XMailの標準の文（421）を返します。",
  },
  SmtpMsgIPBanMaps: {
    label: "応答：不正中継データベース",
    help: "SMTPの応答そのものです（コードと文）。",
    absent: "XMailの標準の文（550）を返します。",
  },
  SmtpMsgIPBanSpamAddress: {
    label: "応答：スパムアドレス",
    help: "SMTPの応答そのものです（コードと文）。",
    absent: "XMailの標準の文（504）を返します。",
  },
  CustomSMTPMessage: {
    label: "拒否応答に加える文",
    help: "拒否の応答すべてに加えます。説明ページのURLなどです。",
    absent: "何も加えません。",
  },
  Pop3LogPasswd: {
    label: "POP3ログへのパスワード記録",
    help: "ログを読める人にパスワードが知られます。",
    absent: "記録しません。",
  },
  Pop3SyncErrorAccount: {
    label: "自動受信できないメールの宛先",
    help: "自動受信したメールのうち、どのアカウントにも届けられないものを受け取ります。",
    absent: "そのようなメールは失われます。",
  },
  FetchHdrTags: {
    label: "自動受信で宛先を読むヘッダ",
    help: "上から順に調べます。「すべて」のヘッダは全アドレス、ほかはこのサーバのドメインのアドレスだけを使います。",
    absent: "+X-Deliver-To、+Received、To、Ccです。",
  },
  "EnableSMTP-TLS": {
    label: "SMTPのSTARTTLS",
    help: "server.certとserver.keyが必要です。",
    absent: "有効です。",
  },
  "EnablePOP3-TLS": {
    label: "POP3のSTLS",
    help: "server.certとserver.keyが必要です。",
    absent: "有効です。",
  },
  "EnableCTRL-TLS": {
    label: "CTRLポートのTLS",
    help: "無効にすると、CTRLポートの通信がネットワーク上で読まれます。",
    absent: "有効です。",
  },
  SmtpNoTLSAuths: {
    label: "TLSなしで許可する認証方式",
    help: "CRAM-MD5などの認証方式です。空の値にするとすべて禁止します。",
    absent: "すべて許可します。",
  },
  SSLWantVerify: {
    label: "クライアント証明書を検証する",
    help: "クライアントが示した証明書を検証します。",
    absent: "検証しません。",
  },
  SSLWantCert: {
    label: "クライアント証明書を要求する",
    help: "証明書のないクライアントを接続させません。ほとんどのメールソフトは証明書を持ちません。",
    absent: "要求しません。",
  },
  SSLAllowSelfSigned: {
    label: "自己署名証明書を許可する",
    help: "検証するときに、自己署名のものも認めます。",
    absent: "許可しません。",
  },
  SSLUseCertsFile: {
    label: "CA証明書をCERTS.PEMから読む",
    help: "MailRootにあるファイルを使います。",
    absent: "使いません。",
  },
  SSLUseCertsDir: {
    label: "CA証明書をCERTS/から読む",
    help: "MailRootにあるフォルダを使います。ファイル名はc_rehashの形にします。",
    absent: "使いません。",
  },
  SSLMaxCertsDepth: {
    label: "証明書チェーンの最大の深さ",
    help: "0はOpenSSLの標準です。",
    absent: "OpenSSLの標準です。",
  },
  ErrorsAdmin: {
    label: "配送失敗通知の写し",
    help: "配送できなかったという通知の写しを受け取るアドレスです。",
    absent: "写しを送りません。",
  },
  TempErrorsAdmin: {
    label: "一時的な失敗通知の写し",
    help: "まだ配送できていないという通知の写しを受け取るアドレスです。",
    absent: "写しを送りません。",
  },
  RemoveSpoolErrors: {
    label: "配送できないメールを削除する",
    help: "有効にすると失われます。無効なら凍結メッセージとして残り、再送できます。",
    absent: "残します。",
  },
  NoSenderBounce: {
    label: "エラー通知の送信者を空にする",
    help: "エラー通知に対するエラー通知を防ぎます。",
    absent: "ポストマスターが送信者です。",
  },
  NotifyMsgLinesExtra: {
    label: "通知に引用する行数",
    help: "メール本文を何行引用するかです。",
    absent: "引用しません。",
  },
  NotifySendLogToSender: {
    label: "通知に配送記録を付ける",
    help: "どのサーバへの配送を試したかを送信者に知らせます。",
    absent: "付けません。",
  },
  NotifyTryPattern: {
    label: "通知する試行回数",
    help: "この回数目の試行のあと、まだ配送できていないことを送信者に知らせます。",
    absent: "知らせません。",
  },
  SmartDNSHost: {
    label: "ネーム（DNS）サーバ",
    help: "ルートサーバの代わりに問い合わせます。",
    absent: "XMailがルートサーバに直接問い合わせます。",
  },
};
