import { because, by, type Cover } from "../cover.ts";

const variables: Cover = {
  ...by("account.get", "account.setVariables"),
  on: ["/accounts/:domain/:name", "/accounts/:domain/:name/variables"],
};

/** 3.5-3.9 */
export const DIRECTORY_PAGES = {
  "ドメインの管理: list, add, remove": by("domain.*"),
  "ドメインの管理: デフォルトのアカウント情報, サービス, メールボックス制限": by(
    "domainDefault.*",
    "accountDefault.*",
  ),
  "ドメインの管理: ウイルススキャン": because("filterProgram"),
  "ドメインの管理: K4ドメイン管理": by("delegation.*", "person.*"),
  "ドメインの管理: ログアウト先URL, K4通知メッセージ, フッタ": because("webmail"),
  "ユーザの管理: list, add, remove": by("account.list", "account.add", "account.remove", "account.get"),
  "ユーザの管理: パスワード": { ...by("account.setPassword"), on: ["/accounts/:domain/:name/password"] },
  "ユーザの管理: サービス, 停止": {
    ...by("account.suspend", "account.resume", "account.setVariables"),
    on: ["/accounts/:domain/:name", "/accounts/:domain/:name/suspend", "/accounts/:domain/:name/resume"],
  },
  "ユーザの管理: アカウント情報, 所属組織, 容量, 権限": variables,
  "ユーザの管理: ドメインのデフォルト情報": by("domainDefault.*"),
  "ユーザの管理: 転送": by("forwarding.*", "mailStep.*"),
  "ユーザの管理: 自動応答": by("vacation.*"),
  "ユーザの管理: 自動削除, お知らせメール, 添付ファイル削除": because("filterProgram"),
  "ユーザの管理: 受信拒否, 受信制限, 受信ロギング": because("filterProgram"),
  "ユーザの管理: 自動振り分け, Subject, Reply-To, フッタ": because("filterProgram"),
  "ユーザの管理: メールボックス": because("logs"),
  "ユーザの管理: POP アクセス許可": by("accountAccess.*"),
  "ユーザの管理: K4アクセス権, K4通知メッセージ": because("webmail"),
  "グループの管理: グループ名, 運用開始日, 運用終了日, メーリングリスト, メモ, 責任者, members": by(
    "group.*",
    "groupMember.*",
  ),
  "グループの管理: 自動応答": { ...by("group.setVacation"), on: ["/groups/:group/vacation"] },
  "グループの管理: 受信メッセージをロギングする, Message-id: をつける": because("filterProgram"),
  "グループの管理: K4 ログアウト先URL": because("webmail"),
  "リストの管理: list, add, remove": {
    ...by("account.list", "account.add", "account.remove"),
    on: ["/accounts", "/add-account", "/accounts/:domain/:name/remove"],
  },
  "リストの管理: members": by("member.*"),
  "リストの管理: 投稿資格, 説明, ListSender, UseReplyTo": variables,
  "リストの管理: Subject タグ, header, フッタ": because("filterProgram"),
  "リストの管理: 受信ロギング, 受信拒否, 受信制限": because("filterProgram"),
  "リストの管理: K4リスト管理": by("listAdministrator.*"),
  "リストの管理: リストプロセッサ, 空メッセージによる自動登録": because("webmail"),
  "エイリアスの管理: 一般エイリアス": by("alias.*"),
  "エイリアスの管理: ドメインエイリアス": by("domainAlias.*"),
  "エイリアスの管理: コマンドエイリアス": by("commandAlias.*", "commandAliasStep.*"),
  "エイリアスの管理: カスタムドメイン処理": by("customDomain.*", "customDomainStep.*"),
  "エイリアスの管理: カスタムユーザ処理": by("mailStep.*", "domainMailStep.*"),
  "エイリアスの管理: 拡張エイリアス": by("externalAlias.*"),
} satisfies Record<string, Cover>;
