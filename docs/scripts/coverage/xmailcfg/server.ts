import { because, by, type Cover } from "../cover.ts";

const setting = (group: string): Cover => ({ ...by("serverSetting.*"), on: [`/server-settings/${group}`] });

/** 3.1-3.4 */
export const SERVER_PAGES = {
  "XMail 環境設定: 基本設定 (identity)": setting("identity"),
  "XMail 環境設定: 基本設定 (SMTP, limits, DNS)": {
    ...by("serverSetting.*"),
    on: ["/server-settings/smtp", "/server-settings/limits", "/server-settings/dns"],
  },
  "XMail 環境設定: SMTPゲートウェイ関連": setting("delivery"),
  "XMail 環境設定: セキュリティ関連": {
    ...by("serverSetting.*"),
    on: ["/server-settings/smtp", "/server-settings/pop3"],
  },
  "XMail 環境設定: SSL/TLS関連": setting("tls"),
  "XMail 環境設定: bounces and all other variables": {
    ...by("serverSetting.*"),
    on: ["/server-settings/bounces", "/server-settings/unknown"],
  },
  "XMailCFG 環境設定: 管理用アカウント名, パスワード": by("ctrlAccount.*"),
  "XMailCFG 環境設定: ports": { ...by("service.explain"), on: ["/service/start"] },
  "XMailCFG 環境設定: 管理者, 拡張変数, K4, kml": because("ownData"),
  "XMailCFG 環境設定: ウイルススキャン, SMTP 受信制限, DKIM": because("filterProgram"),
  "XMailCFG 環境設定: リストプロセッサ": because("webmail"),
  "XMailCFG 環境設定: MailRoot バックアップフォルダ": because("backups"),
  レジストリの登録: { ...by("service.explain"), on: ["/service/start"] },
  サービスの再起動: {
    ...by("service.restart", "service.stop", "service.status"),
    on: ["/service", "/service/restart", "/service/stop"],
  },
} satisfies Record<string, Cover>;
