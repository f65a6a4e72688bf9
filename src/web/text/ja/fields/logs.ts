import type { logFields as english } from "../../en/fields/logs.ts";

const FROM = { label: "開始", help: "日または時刻です。メールサーバの時計です。" };
const UNTIL = { label: "終了", help: "日または時刻です。メールサーバの時計です。" };
const KIND = { label: "ログ", help: "XMailのログの種類です。" };

export const logFields: typeof english = {
  "log.list kind": KIND,
  "log.search kind": KIND,
  "log.search address": {
    label: "アドレス",
    help: "差出人か宛先です。ドメイン全体は@example.comと書きます。",
  },
  "log.search account": { label: "サインイン", help: "アドレスか名前です。" },
  "log.search ip": { label: "接続元", help: "アドレス、またはその先頭です (192.0.2.)。" },
  "log.search id": { label: "メッセージID", help: "S2Cなど、またはスプールのファイル名です。" },
  "log.search status": { label: "状態", help: "XMailが書く語、またはその先頭です。" },
  "log.search search": { label: "含む文字", help: "パスワード以外の列の一部です。" },
  "log.search order": { label: "並び", help: "新しい順か古い順です。" },
  "log.search since": FROM,
  "log.search until": UNTIL,
  "log.trace address": { label: "アドレス", help: "差出人か宛先です。" },
  "log.trace id": { label: "メッセージID", help: "S2Cなど、サーバが受け付けたときに返すIDです。" },
  "log.trace subject": { label: "件名", help: "件名の一部です。キューにあるメールだけを調べます。" },
  "log.trace since": FROM,
  "log.trace until": UNTIL,
  "watch.status seconds": { label: "秒数", help: "キューを調べる最長の時間です。" },
  "watch.run seconds": { label: "秒数", help: "キューを調べる最長の時間です。" },
  "watch.run quiet": { label: "知らせない", help: "概況に表示する結果は残します。" },
  "log.lint days": { label: "日数", help: "今日までの日数です。" },
  "log.lint bytes": { label: "バイト数", help: "1つの接続元またはアカウントの基準です。" },
  "log.lint tries": { label: "失敗したサインイン", help: "1つの接続元またはアカウントの基準です。" },
  "log.lint networks": { label: "ネットワーク数", help: "1つのアカウントの基準です。" },
  "log.statistics by": { label: "集計の単位", help: "何ごとに数えるかです。" },
  "log.statistics log": { label: "対象", help: "受け付けたメール、または受信のサインインです。" },
  "log.statistics domain": { label: "ドメイン", help: "このドメインに関するものだけです。" },
  "log.statistics since": FROM,
  "log.statistics until": UNTIL,
  "log.statistics most": { label: "行数", help: "空なら50行です。" },
};
