import type { Text } from "../en.ts";
import { count } from "../format.ts";

/** What is dangerous, broken or never used. */
export const lintWords: Pick<Text, "lint"> = {
  lint: {
    title: "設定の点検",
    lead: "危険な設定、壊れた設定、使われていない設定と、その直し方を表示します。点検しても設定は変わりません。",
    none: "直すところはありません",
    noneText: "調べた範囲では、危険な設定も壊れた設定もありません。",
    dangers: (n) => `危険 ${count(n)}件`,
    warnings: (n) => `要修正 ${count(n)}件`,
    notes: (n) => `参考 ${count(n)}件`,
    fix: "直す…",
    fixLabel: "直す：{title}",
    more: "同じ種類がほかに{count}件あります。",
    unknown: "別のバージョンのxmailcfgの項目です：{key}",
    severities: {
      danger: "危険",
      warning: "要修正",
      note: "参考",
      skipped: "調べていない項目",
    },
    found: {
      openRelay: {
        title: "{range} のだれもが、どこへでもメールを送れます",
        text: "スパムの踏み台にされ、ほかのサーバから受信を拒否されるようになります。自社のネットワークだけを登録するか、認証を使ってください。",
      },
      openCtrl: {
        title: "CTRLポートにだれでも接続できます",
        text: "CTRLアカウントを推測されると、すべてを操作されます。このサーバとxmailcfgのアドレスを許可してから、ほかをすべて拒否してください。IPv6で待ち受けている場合は ::/0 も拒否してください。",
      },
      clearLine: {
        title: "CTRLポートとの通信が暗号化されていません",
        text: "設定したパスワードがネットワーク上で盗聴されるおそれがあります。xmail.ctrl.tlsを設定するか、xmailcfgをメールサーバ上で動かしてください。",
      },
      noRootDomain: {
        title: "RootDomainが設定されていません",
        text: "設定するまで、XMailはすべてのメールに421で応答します。",
      },
      spammersMissing: {
        title: "spammers.tabがありません",
        text: "このファイルがないと、XMailはだれからもメールを受け付けません。不正アクセスホストを追加すると作成されます。",
      },
      passwordsLogged: {
        title: "すべてのPOP3ログインのパスワードがログに記録されています",
        text: "ログを読める人は、全員のメールを読めます。",
      },
      failedPasswordsLogged: {
        title: "失敗したPOP3ログインのパスワードがログに記録されています",
        text: "打ち間違えたパスワードから、本当のパスワードを推測できます。",
      },
      domainStepsLose: {
        title: "{domain} で、独自の処理手順のないアカウントのメールが失われます",
        text: "ドメインの処理手順がメールボックスへの配送に代わるのに、保存する手順がありません。",
      },
      stepsEmpty: {
        title: "{account} へのメールはすべて失われます",
        text: "処理手順のファイルが空のため、XMailはメールの保存もしません。",
      },
      stepsLose: {
        title: "{account} へのメールは、プログラムが保存しないかぎり失われます",
        text: "保存する手順も転送する手順もありません。",
      },
      forwardLoop: {
        title: "転送が循環しています",
        text: "{chain}。XMailはMaxMTAOpsの回数で打ち切ります。どれかの転送を取り消してください。",
      },
      aliasLoop: {
        title: "エイリアス {alias} が循環しています",
        text: "配送先 {target} から、エイリアスをたどると戻ってきます。XMailはこのメールを拒否します。",
      },
      aliasDangling: {
        title: "エイリアス {alias} の配送先がありません",
        text: "アカウント {target} は存在しません。XMailはこのメールを拒否します。",
      },
      aliasOfAlias: {
        title: "エイリアス {alias} の配送先が別のエイリアスです",
        text: "XMailはエイリアスを1段しかたどらないため、{target} あてのメールは拒否されます。配送先をアカウントにしてください。",
      },
      aliasNoDomain: {
        title: "エイリアス {alias} のドメインはこのサーバにありません",
        text: "このエイリアスにメールが届くことはありません。",
      },
      aliasShadowed: {
        title: "エイリアス {alias} は使われていません",
        text: "同じアドレスのアカウントがあり、そちらが優先されます。{target} には届きません。",
      },
      domainAliasDangling: {
        title: "ドメインエイリアス {alias} の実ドメインがありません",
        text: "{domain} はこのサーバのドメインではありません。",
      },
      domainAliasShadowed: {
        title: "ドメインエイリアス {alias} と同名のドメインがあります",
        text: "メールはまずそのドメインのアカウントに、残りが {domain} に届きます。",
      },
      domainAliasOverlap: {
        title: "{alias} のドメインに、2つのパターンが一致します",
        text: "{other} も一致し、{domain} とは別のドメインに向いています。XMailがどちらを使うかは、ファイルからはわかりません。",
      },
      commandAliasTakes: {
        title: "{address} へのメールは、コマンドエイリアスが処理します",
        text: "XMail 1.27はコマンドエイリアスをアカウントやエイリアスより先に調べるため、メールボックスには届きません。コマンドエイリアスかアカウントを削除してください。",
      },
      listNobody: {
        title: "メーリングリスト {list} はだれにも届きません",
        text: "受信するメンバーがいないため、投稿は跡形もなく失われます。",
      },
      listNoSender: {
        title: "メーリングリスト {list} のエラーは投稿者に返ります",
        text: "ListSenderがないと、投稿者のアドレスを差出人として配信します。エラー通知は投稿者に届き、厳しいサーバには拒否されます。",
      },
      orphanFolder: {
        title: "{folder} に対応するアカウントがありません",
        text: "アカウントを手作業で削除したあとの残りかもしれません。必要なメールがないか確かめてから、フォルダを削除してください。",
      },
      orphanDomainFolder: {
        title: "{folder} に対応するドメインがありません",
        text: "ドメインを手作業で削除したあとの残りかもしれません。必要なメールがないか確かめてから、フォルダを削除してください。",
      },
      folderMissing: {
        title: "{account} のフォルダがありません",
        text: "XMailはメールを保存できません。{folder} をバックアップから戻すか、アカウントを削除して作り直してください。",
      },
      noPostmaster: {
        title: "postmaster@{domain} がありません",
        text: "すべてのドメインに必要なアドレスで（RFC 5321）、ほかのサーバから障害の連絡が届きます。",
      },
      noAbuse: {
        title: "abuse@{domain} がありません",
        text: "迷惑メールの苦情が届くアドレスです（RFC 2142）。対応しないと、ブロックリストに登録されやすくなります。",
      },
      weakPassword: {
        title: "認証アカウント {account} のパスワードが短すぎます",
        text: "8文字未満のパスワードは、すぐに破られます。",
      },
      misspelt: {
        title: "XMailは変数 {name} を読み取りません",
        text: "変数名は大文字と小文字が区別され、正しくは {right} です。直すとその値が有効になります。",
      },
      unreadable: {
        title: "{path} に、XMailが読み取れない行があります",
        text: "列が足りないか、値が正しくありません。XMailはこの行をとばすか、意図と違う読み方をします。",
      },
      lineTooLong: {
        title: "{path} に、長すぎる行があります",
        text: "XMailは入りきらない部分を別の行として読みます。短くするか、2行に分けてください。",
      },
      patternShadowed: {
        title: "{pattern} のルールは使われていません",
        text: "{at}行目の {by} が先にあり、すべてのドメインに一致します。直すと、その行の前に移します。",
      },
      ruleShadowed: {
        title: "{range} のルールは使われていません",
        text: "{at}行目の {by} が先に、すべてのアドレスに一致します。",
      },
      signInRelays: {
        title: "認証した人は、どこへでも送信できます",
        text: "独自の権限のないアカウントの権限は {permissions} です。Rがあると、ほかのサーバへ送信できます。一般的な設定ですが、スパムを防ぐのはパスワードだけになります。",
      },
      popBeforeSmtp: {
        title: "メールの受信が認証の代わりになります",
        text: "POP3ログイン後しばらくは、そのアドレスのだれもが送信できます。今のメールソフトにはほとんど不要です。",
      },
      foldersUnseen: {
        title: "フォルダとアカウントは照合していません",
        text: "CTRLポートではフォルダを見られません。設定でMailRootをストレージに指定すると、照合できます。",
      },
      tooManyAccounts: {
        title: "一部の処理手順だけを調べました",
        text: "{count}件のアカウントのうち{looked}件を調べました。",
      },
      fileTooLarge: {
        title: "テーブルが大きすぎるため、行ごとには調べていません",
        text: "各行の内容は点検していません。",
      },
    },
  },
};
