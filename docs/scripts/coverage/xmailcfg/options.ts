import { because, by, type Cover } from "../cover.ts";

/** 3.14 */
export const OPTION_PAGES = {
  SMTPフォワーダ: by("forward.*"),
  SMTPゲートウェイ: by("sourceRoute.*"),
  SMTPクライアント認証: by("clientLoginHost.*", "clientLogin.*"),
  凍結メッセージの管理: by("spool.*", "spoolJob.*", "removedMessage.*"),
  "凍結メッセージの管理: deliver what waits": { ...by("service.flushQueue"), on: ["/service/flush"] },
  "メールボックスの同期(自動受信)": by("popLink.*", "service.fetchNow"),
  "ファイルの管理: settings": by("file.*"),
  "ファイルの管理: mail in domains and spool": because("logs"),
  MailRootバックアップフォルダ: because("backups"),
} satisfies Record<string, Cover>;
