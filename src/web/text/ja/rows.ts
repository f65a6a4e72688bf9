import type { rowsWords as english } from "../en/rows.ts";
import { accessRows } from "./rows/access.ts";
import { ctrlAccountWords } from "./rows/ctrl-account.ts";
import { filterRows } from "./rows/filters.ts";
import { sendingRows } from "./rows/sending.ts";
import { spamAddressWords } from "./rows/spam-address.ts";
import { stepRows } from "./rows/steps.ts";

export const rowsWords: typeof english = {
  rows: {
    add: "{entry}を追加",
    changeTitle: "{entry}の変更",
    removeTitle: "この{entry}を削除しますか？",
    removeButton: "削除",
    save: "保存",
    actions: "操作",
    change: "変更",
    changeLabel: "{name}を変更",
    remove: "削除…",
    removeLabel: "{name}を削除",
    turnOff: "無効にする",
    turnOffLabel: "{name}を無効にする",
    turnOn: "有効にする",
    turnOnLabel: "{name}を有効にする",
    moveUpLabel: "{name}を上へ",
    moveDownLabel: "{name}を下へ",
    off: "無効",
    senseless: "XMailが読めない行",
    yes: "はい",
    no: "いいえ",
    notSet: "設定しない",
    noMatch: "「{text}」を含む項目はありません",
    tables: {
      ...accessRows,
      spamAddress: spamAddressWords,
      ctrlAccount: ctrlAccountWords,
      ...sendingRows,
      ...stepRows,
      ...filterRows,
    },
  },
  values: {
    "delegation rights": {
      listProcessor: "リストプロセッサの利用",
      webmail: "ウェブメールの利用",
      heldMail: "送信保留機能の利用",
      readMail: "メッセージ閲覧",
      forwarding: "転送と自動応答",
      fetching: "外部からの受信",
      handOn: "他の方への委任",
    },
    secondFactorFor: {
      master: "マスター管理者",
      auditor: "監査担当",
      guest: "ゲスト",
      delegate: "委任管理者",
      listAdministrator: "リスト管理者",
      owner: "メールアカウントの所有者",
    },
    "administrator role": {
      master: "マスター：すべての操作ができる",
      auditor: "監査担当：メール以外を閲覧できる",
      guest: "ゲスト：試すだけで保存できない",
    },
    whom: { current: "今日時点のメンバー", over: "期間を過ぎたメンバー", all: "全員" },
    language: { en: "英語", ja: "日本語" },
    decision: { allow: "許可", deny: "拒否" },
    "spammer mode": { replace: "静かになったら解除", append: "残す" },
    "spammer action": {
      cut: "直ちに切断する",
      authenticated: "認証したときだけ受け付ける",
      delay: "応答を遅らせる",
    },
    service: { smtp: "SMTP接続", pop3: "POP3接続", ctrl: "CTRL接続", finger: "FINGER接続" },
    step: {
      mailbox: "メールボックスに保存",
      redirect: "転送（差出人はそのまま）",
      lredirect: "転送（このアドレスを差出人にする）",
      smtprelay: "サーバに渡す",
      smtp: "通常どおり配送（DNS）",
      external: "プログラムを実行",
      filter: "プログラムで選別",
    },
    rights: { R: "受信のみ（R）", RW: "受信と投稿（RW）", RA: "受信と、認証した場合の投稿（RA）" },
    signIn: { CLR: "平文", APOP: "可能ならAPOP", FAPOP: "APOPのみ" },
    tls: {
      none: "なし",
      STLS: "可能なら（STLS）",
      FSTLS: "必須（FSTLS）",
      POP3S: "最初から（POP3S）",
    },
    needTls: {
      off: "使わない",
      offered: "相手が対応していれば使う",
      required: "必須（使えなければ送らない）",
    },
    permissions: {
      M: "メールの送信（M）",
      R: "ほかのサーバへの中継（R）",
      V: "VRFYコマンド（V）",
      T: "ETRNコマンド（T）",
      Z: "サイズ制限なし（Z）",
      S: "TLS接続時のみ（S）",
    },
    action: {
      userauth: "パスワードの確認（userauth）",
      useradd: "アカウントの追加（useradd）",
      useredit: "アカウントの変更（useredit）",
      userdel: "アカウントの削除（userdel）",
      domaindrop: "ドメインの削除（domaindrop）",
    },
  },
};
