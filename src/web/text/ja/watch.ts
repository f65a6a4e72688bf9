import type { Text } from "../en.ts";

export const watchWords: Pick<Text, "watch"> = {
  watch: {
    problems: {
      serverUnreachable: {
        title: "XMailが応答しません",
        text: "メールの送信も受信もできません。サービスが動いているか、管理ポートが開いているかを確かめてください。",
      },
      filesUnreachable: {
        title: "XMailのファイルを読めません",
        text: "キュー、ログ、メールボックスを調べられません。理由は設定の確認でわかります。",
      },
      changeUnfinished: {
        title: "途中で止まった変更があります",
        text: "次の変更の前に、完了するか元に戻します。",
      },
      queueLarge: {
        title: "キューに{value}通あります",
        text: "{bound}通以上でお知らせします。まずキューの内訳を見てください。{mostly}",
      },
      queueOld: {
        title: "{value}時間待っているメールがあります",
        text: "キューのいちばん古いメールが{bound}時間を超えました。キューで理由を見てください。",
      },
      certificateOver: {
        title: "証明書の期限が切れました",
        text: "証明書 {about} の期限は{value}日前に切れました。メールソフトが警告するか、接続を断ります。",
      },
      certificateEnds: {
        title: "証明書の期限まであと{value}日です",
        text: "証明書 {about} を更新し、server.cert に置いてください。",
      },
      mailboxFull: {
        title: "メールボックスがいっぱいです",
        text: "{about} は受信できません。{bound} のうち {value} を使っています。",
      },
      mailboxNearlyFull: {
        title: "メールボックスの残りがわずかです",
        text: "{about} は {bound} のうち {value} を使っています。",
      },
      abuse: "不正利用の兆候",
    },
    amounts: {
      accountNetworks: "{value}ネットワーク",
      ipSignIns: "{value}回",
      accountSignIns: "{value}回",
      refusedSender: "{value}回",
    },
    mostly: "半分以上は {about} からです。",
    short: {
      queueMessages: "キューのメール",
      frozenMessages: "凍結メッセージ",
      mailToday: "今日の受け付け",
      refusedToday: "今日の拒否",
      mailboxesFull: "満杯のメールボックス",
      mailboxesNearlyFull: "残りわずか",
      certificateDays: "証明書の残り日数",
    },
    lastWeek: "先週の同じ時刻までは{count}通",
    numbers: "数えたもの",
    looked: "ログ、キュー、メールボックスを最後に調べた時刻: {when}",
    never: "ログ、キュー、メールボックスはまだ調べていません。",
    again: "いま調べる",
    more: "詳しく",
    rescue: "手順に沿って対処する",
    changes: "最近の変更",
    unknown: "調べられなかったもの: {parts}。",
    parts: {
      server: "サーバ",
      changes: "変更",
      queue: "キュー",
      logs: "ログ",
      mailboxes: "メールボックス(まだ数えていないか、読めません)",
      certificate: "証明書",
    },
    letter: {
      subjectBad: "[{server}] 新たに{count}件: {first}",
      subjectOver: "[{server}] {count}件が解消",
      begun: "新たな問題:",
      over: "解消:",
      now: "現在の問題: {count}件",
      end: "始まったときと解消したときに、一度ずつお知らせします。",
    },
  },
};
