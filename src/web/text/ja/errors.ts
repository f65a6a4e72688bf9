import type { Text } from "../en.ts";

export const errors: Text["errors"] = {
  UNAUTHENTICATED: {
    title: "ログインしてください",
    advice: "ログインの有効期限が切れたか、まだログインしていません。",
  },
  INVALID_INPUT: { title: "保存していません", advice: "修正が必要な項目があります。" },
  FORBIDDEN: {
    title: "この操作は許可されていません",
    advice: "権限がありません。マスター管理者に依頼してください。",
  },
  LOOKS_ONLY: {
    title: "閲覧専用のため保存できません",
    advice: "ゲスト、または他の人の画面を確認中の方は保存できません。何も変更されていません。",
  },
  PROVE_AGAIN: {
    title: "ご本人であることを再確認します",
    advice: "重要な操作です。ログインから時間が経っているため、パスワードをもう一度入力してください。",
  },
  REASON_NEEDED: {
    title: "メールを開く理由が必要です",
    advice: "他の方のメールです。入力した理由は記録され、本人も確認できます。",
  },
  LIMIT_REACHED: {
    title: "設定された上限に達しています",
    advice: "不要なものを削除するか、上限を設定した管理者に依頼してください。",
  },
  NOT_FOUND: {
    title: "ページが見つかりません",
    advice: "アドレスが違うか、対象がすでに削除されています。",
  },
  METHOD_NOT_ALLOWED: {
    title: "このアドレスは直接開けません",
    advice: "フォームの送信専用です。前のページに戻り、ボタンから操作してください。",
  },
  NOT_ACCEPTABLE: {
    title: "要求された形式では応答できません",
    advice: "JSONまたはウェブページとして要求してください。",
  },
  CONFLICT: {
    title: "ほかの管理者が先に変更しました",
    advice: "ページを開き直し、現在の状態を確認してからもう一度変更してください。",
  },
  BODY_TOO_LARGE: { title: "送信内容が大きすぎます", advice: "一度に送る量を減らしてください。" },
  UNSUPPORTED_MEDIA_TYPE: {
    title: "フォームの送信形式が正しくありません",
    advice: "ページを開き直して、もう一度操作してください。",
  },
  MALFORMED_BODY: {
    title: "フォームの内容が壊れています",
    advice: "ページを開き直して、もう一度操作してください。",
  },
  CROSS_ORIGIN: {
    title: "フォームが古いか、別のサイトから送信されました",
    advice: "何も変更していません。ページを開き直して、もう一度操作してください。",
  },
  TOO_MANY_TRIES: {
    title: "試行回数が多すぎます",
    advice: "しばらく待ってから、もう一度お試しください（最長1時間）。",
  },
  DOMAIN_EXISTS: {
    title: "このドメインはすでにあります",
    advice: "ドメインまたはドメインエイリアスとして登録されています。別の名前を指定してください。",
  },
  DOMAIN_NOT_FOUND: {
    title: "ドメインが見つかりません",
    advice: "このサーバのドメインではありません。削除された可能性があります。",
  },
  ACCOUNT_EXISTS: {
    title: "このアドレスは使われています",
    advice: "同じ名前のユーザまたはメーリングリストがあります。別の名前を指定してください。",
  },
  ACCOUNT_NOT_FOUND: {
    title: "アカウントが見つかりません",
    advice: "つづりを確認してください。削除された可能性があります。",
  },
  ALIAS_EXISTS: {
    title: "同じ名前のエイリアスがあります",
    advice: "別の名前を指定するか、先にそのエイリアスを削除してください。",
  },
  ALIAS_NOT_FOUND: { title: "エイリアスが見つかりません", advice: "削除された可能性があります。" },
  DOMAIN_ALIAS_EXISTS: {
    title: "このドメインエイリアスはすでにあります",
    advice: "別のドメインに向けるには、先に削除してください。",
  },
  DOMAIN_ALIAS_NOT_FOUND: {
    title: "ドメインエイリアスが見つかりません",
    advice: "削除された可能性があります。",
  },
  EXTERNAL_ALIAS_EXISTS: {
    title: "この拡張エイリアスはすでにあります",
    advice: "別のアドレスを指定するか、先に削除してください。",
  },
  EXTERNAL_ALIAS_NOT_FOUND: {
    title: "拡張エイリアスが見つかりません",
    advice: "削除された可能性があります。",
  },
  LIST_MEMBER_EXISTS: { title: "このアドレスはすでにメンバーです", advice: "操作は必要ありません。" },
  LIST_MEMBER_NOT_FOUND: {
    title: "このアドレスはメンバーではありません",
    advice: "削除された可能性があります。",
  },
  NOT_A_LIST: {
    title: "メーリングリストではありません",
    advice: "メンバーを登録できるのはメーリングリストだけです。",
  },
  POP_LINK_EXISTS: {
    title: "このPOP3リンクはすでにあります",
    advice: "先に削除するか、別のリンクを変更してください。",
  },
  POP_LINK_NOT_FOUND: { title: "POP3リンクが見つかりません", advice: "削除された可能性があります。" },
  ENTRY_EXISTS: {
    title: "同じ項目がすでにあります",
    advice: "その項目を変更するか、別の値を入力してください。",
  },
  WOULD_LOCK_OUT: {
    title: "この変更をすると管理画面自身が接続できなくなります",
    advice: "何も変更していません。管理画面の接続元アドレスは許可したままにしてください。",
  },
  NOT_SUSPENDED: { title: "このアカウントは停止していません", advice: "すでに有効です。" },
  ALREADY_SUSPENDED: { title: "このアカウントはすでに停止しています", advice: "操作は必要ありません。" },
  NOT_UNDOABLE: {
    title: "この変更は取り消せません",
    advice: "変更履歴でこの変更を開き、内容を確認してください。",
  },
  XMAIL_STOPPED: {
    title: "XMailは停止しています",
    advice: "ファイルの変更は続けられます。動作中のXMailへの指示は、起動してから行ってください。",
  },
  XMAIL_UNREACHABLE: {
    title: "XMailが応答しません",
    advice: "サービスが停止しているか、CTRLポートに接続できません。",
  },
  XMAIL_LOGIN_REFUSED: {
    title: "XMailがCTRLの認証を拒否しました",
    advice:
      "CTRLアカウントかパスワードが違うか、接続元が許可されていません。ctrlaccounts.tabとctrl.ipmap.tabを確認してください。",
  },
  XMAIL_TIMEOUT: {
    title: "XMailの応答が時間内にありませんでした",
    advice: "変更が行われたかどうかを確認してから、やり直してください。",
  },
  XMAIL_BUSY: {
    title: "XMailのCTRL接続数が上限に達しています",
    advice: "しばらく待ってから、もう一度お試しください。",
  },
  XMAIL_REFUSED: {
    title: "XMailがコマンドを拒否しました",
    advice: "XMailの応答は管理画面のログにあります。",
  },
  XMAIL_OUTCOME_UNKNOWN: {
    title: "変更が行われたかどうか確認できません",
    advice:
      "XMailの応答の前に接続が切れました。変更は行われた可能性があります。確認してから、やり直してください。",
  },
  XMAIL_HALF_DONE: {
    title: "変更が途中までしか行われていません",
    advice:
      "XMailのテーブルは変更されましたが、フォルダを処理できませんでした。メールサーバで両方を確認してください。XMailの応答は管理画面のログにあります。",
  },
  XMAIL_PROTOCOL: {
    title: "XMailの応答を解釈できません",
    advice: "CTRLポートで別のプログラムが動いている可能性があります。管理画面のログを確認してください。",
  },
  XMAIL_TLS: {
    title: "XMailとのSSL/TLS接続に失敗しました",
    advice: "XMailの証明書と管理画面のTLS設定を確認してください。何も送信していません。",
  },
  VALUE_NOT_SENDABLE: {
    title: "この値はCTRLプロトコルで送れません",
    advice: "短くするか、使う文字を変えてください。",
  },
  CELL_NOT_WRITABLE: {
    title: "この値はXMailのTABファイルに書けません",
    advice: "タブ、改行、末尾の\\は使えません。",
  },
  STORAGE_NOT_FOUND: {
    title: "XMailのファイルがありません",
    advice: "MailRootの場所が正しいか確認してください。ファイル名は管理画面のログにあります。",
  },
  STORAGE_EXISTS: { title: "ファイルがすでにあります", advice: "別の名前を指定してください。" },
  STORAGE_PATH: { title: "使えないパスです", advice: "特殊な文字を含まない名前を指定してください。" },
  STORAGE_DENIED: {
    title: "XMailのファイルを開く権限がありません",
    advice: "管理画面の実行ユーザにMailRootへの権限を与えてください。ファイル名はログにあります。",
  },
  STORAGE_UNSUPPORTED: {
    title: "このストレージではできない操作です",
    advice: "管理画面の設定で指定したストレージが対応していません。",
  },
  STORAGE_FAILED: {
    title: "ストレージでエラーが発生しました",
    advice: "もう一度お試しください。続く場合は、ディスクと管理画面のログを確認してください。",
  },
  STORAGE_LOCKED: { title: "ほかの処理が変更中です", advice: "しばらく待ってから、もう一度お試しください。" },
  FILE_CHANGED: {
    title: "編集中にファイルが変更されました",
    advice: "上書きはしていません。もう一度お試しください。",
  },
  SERVICE_FAILED: {
    title: "サービスのコマンドが失敗しました",
    advice: "コマンドの出力はログにあります。もう一度試す前に、XMailが動作しているか確かめてください。",
  },
  BAD_CONFIG: { title: "管理画面の設定に誤りがあります", advice: "項目名は管理画面のログにあります。" },
  ABORTED: {
    title: "処理が中断されました",
    advice: "どこまで行われたかを確認してから、やり直してください。",
  },
  INTERNAL: {
    title: "管理画面でエラーが発生しました",
    advice: "プログラムの不具合です。詳細は下の番号で管理画面のログに記録されています。",
  },
};
