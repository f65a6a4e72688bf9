import type { CheckOutcome, CheckPart, CheckStep, Found } from "../../../xmail/check.ts";
import type { checkWords as English, FindingWords } from "../en/check.ts";
import { count } from "../format.ts";

const parts: Readonly<Record<CheckPart, string>> = {
  configuration: "設定",
  ctrl: "XMailのCTRLポート",
  mailRoot: "MailRoot（メールルート）",
  state: "管理画面の記録（管理者・キー・監査ログ）",
  tries: "Redis（ログイン試行の記録）",
};

const steps: Readonly<Record<CheckStep, string>> = {
  configuration: "設定の読み取り",
  secrets: "秘密のファイル",
  reach: "接続",
  signIn: "ログイン",
  line: "暗号化",
  version: "バージョン",
  open: "接続とログイン",
  read: "読み取り",
  capabilities: "できること",
  write: "試しの書き込み",
  bytes: "読み戻し",
  rename: "名前の変更",
  clean: "後片付け",
  clock: "時計の比較",
  mailRoot: "XMailのファイルの確認",
  same: "XMailと同じMailRootか",
  stopped: "XMailは停止中か",
  privacy: "他人に読まれないか",
  administrators: "管理者",
  counts: "記録",
};

const outcomes: Readonly<Record<CheckOutcome, string>> = {
  ok: "正常",
  warning: "注意",
  failure: "失敗",
  skipped: "未実施",
};

const found: Readonly<Record<Found, FindingWords>> = {
  configurationRead: { words: "すべての項目が正しく書かれています。" },
  configurationWrong: {
    words: "設定に誤りがあります：{reason}",
    mend: "設定ファイルのこの項目を直してください。",
  },
  secretsHidden: { words: "秘密のファイルは他の人には読めません。" },
  secretShown: {
    words: "{field}のファイルは、このマシンの他のユーザにも開かれています（モード{mode}）。",
    mend: "そのファイルにchmod 600を行い、所有者をxmailcfgを動かすユーザにしてください。すでに読まれたおそれがあれば、秘密も変更してください。",
  },
  secretMissing: {
    words: "秘密を読み取れません：{reason}",
    mend: "xmailcfgを動かすユーザが読めるファイルを指定するか、環境変数を設定してください。",
  },

  ctrlAnswers: { words: "CTRLポートでXMailが応答しています。" },
  ctrlSilent: {
    words: "xmail.ctrl.hostとxmail.ctrl.portで応答がありません。",
    mend: "XMailを起動し、ホストとポートをXMailの-Cpと-CI（指定がなければ6017）と比べ、途中のファイアウォールでこのマシンからの接続を許可してください。",
  },
  ctrlLate: {
    words: "接続はできましたが、時間内に応答がありませんでした。",
    mend: "XMailが固まっていないか、マシンの負荷が高くないかを確認してください。TLSを使う場合は、ポートがTLS用（modeがdirectなら6018）か確認してください。",
  },
  ctrlBusy: {
    words: "XMailのコントロール接続が多すぎます。",
    mend: "CTRLポートを使う他のプログラムを閉じるか、-CXを大きくしてXMailを起動してください。",
  },
  ctrlNotXMail: {
    words: "このポートで応答しているものはXMailではないようです。",
    mend: "xmail.ctrl.portを直してください。CTRLSポート（6018）にはtlsのmodeにdirectが、もう一方（6017）にはtlsなし、またはupgradeが必要です。",
  },
  ctrlAddressRefused: {
    words: "XMailはこのマシンのアドレスからのコントロール接続を受け付けません。",
    mend: "MailRootのctrl.ipmap.tabにこのアドレスを追加してください。XMailはすぐに読み込みます。",
  },
  ctrlTlsFailed: {
    words: "安全な接続に失敗しました。秘密は送られていません。",
    mend: "xmail.ctrl.tlsのfingerprint（またはca、servername）をXMailの証明書と比べ、XMailのTLSが有効か（server.tabのEnableCTRL-TLS）確認してください。",
  },
  ctrlFailed: {
    words: "CTRLポートの確認に失敗しました：{code}",
    mend: "詳しくはxmailcfgのログをご覧ください。",
  },
  signedIn: { words: "XMailはアカウントとパスワードを受け付けました。" },
  signInRefused: {
    words: "XMailがxmail.ctrlのアカウントまたはパスワードを拒否しました。",
    mend: "xmail.ctrl.accountをctrlaccounts.tabと比べてください。そこのパスワードは符号化されているので、XMCryptで行を作り直し、秘密のファイルの1行目が同じパスワードか確認してください。",
  },
  lineEncrypted: { words: "XMailとの通信は暗号化（TLS）され、証明書も確認済みです。" },
  lineInside: { words: "XMailとの通信はこのマシンの外に出ません。" },
  lineClear: {
    words:
      "XMailとの通信が暗号化されずにネットワークを通ります。盗聴されると、設定するパスワードが読まれます。",
    mend: "xmail.ctrl.tlsを追加するか、xmailcfgをメールサーバ上で動かしてください。",
  },
  versionKnown: { words: "{version}です。" },
  versionOther: {
    words: "XMailは{version}と名乗りました。xmailcfgはXMail 1.27用です。",
    mend: "失ってもよいドメインで先に試すか、XMail 1.27を入れてください。",
  },
  ctrlLists: { words: "XMailのドメイン一覧を取得できました：{count}件" },
  ctrlRefuses: {
    words: "XMailがドメイン一覧を返しません：{code}",
    mend: "XMailの返事はxmailcfgのログにあります。",
  },

  storageOpens: { words: "開けました：{kind}" },
  storageSilent: {
    words: "接続できません：{reason}",
    mend: "ホストとポート（と共有の名前）を確認し、サービスを起動し、途中のファイアウォールでこのマシンからの接続を許可してください。",
  },
  storageSignInRefused: {
    words: "サーバが接続または利用を拒否しました：{reason}",
    mend: "ユーザ、パスワード、鍵、共有やフォルダに対する権限を確認してください。hostKeyを変更する前に、サーバ上のssh-keygen -lfの結果と比べてください。",
  },
  storageWrongSetting: {
    words: "設定に誤りがあります：{reason}",
    mend: "設定ファイルのこの項目を直してください。",
  },
  storageFailed: { words: "開けません：{reason}", mend: "詳しくは相手のサーバのログをご覧ください。" },
  mayRead: { words: "一覧と読み取りができます。" },
  mayNotRead: {
    words: "xmailcfgを動かす（または相手にログインする）ユーザには読み取りの権限がありません。",
    mend: "そのユーザに、フォルダと中身すべての読み取りを許可してください。",
  },
  readFailed: { words: "一覧を取得できません：{reason}", mend: "詳しくはxmailcfgのログをご覧ください。" },
  folderMissing: {
    words: "フォルダがありません。",
    mend: "パス（共有の場合はrootも）を直してください。マウントされるはずのディスクがない場合もあります。",
  },
  folderNotYet: {
    words: "フォルダがまだないため、試せませんでした。最初の管理者を追加するときに作られます。",
    mend: "xmailcfg administrator addを実行してから、もう一度確認してください。",
  },
  canAllNeeded: { words: "必要なことがすべてできます。" },
  lacksNeeded: {
    words: "必要なことができません：{capability}",
    mend: "別の保存先を使ってください。それぞれにできることはdocs/storage.mdの表にあります。",
  },
  lacksUseful: {
    words: "安全に役立つことができません：{capability}",
    mend: "このままでも使えます。必要なら別の保存先を使ってください。",
  },
  mayWrite: { words: ".xmailcfgにファイルを書き込めました。" },
  readOnlyEnough: {
    words: "読み取りはできますが、書き込みはできません。変更はXMailが行うので、これで十分です。",
  },
  mayNotWrite: {
    words: "xmailcfgを動かす（または相手にログインする）ユーザには書き込みの権限がありません。",
    mend: "そのユーザに、フォルダと中身すべての書き込みを許可してください。",
  },
  writeFailed: {
    words: "ファイルを書き込めませんでした：{code}",
    mend: "ディスクの空きとxmailcfgのログを確認してください。",
  },
  writeNeedsFolder: {
    words: "書き込みを試せませんでした。フォルダ.xmailcfgがなく、この保存先では作れません。",
    mend: "メールサーバのMailRootに.xmailcfgフォルダを作ってから、もう一度確認してください。",
  },
  bytesEqual: { words: "256種類のバイトすべてが、書いたとおりに戻りました。" },
  textEqual: { words: "書いたとおりに戻りました。この保存先に置けるのはテキストの行だけです。" },
  bytesDiffer: {
    words: "書いたとおりに戻りませんでした。ファイルが壊れるので、この保存先は使わないでください。",
    mend: "途中でファイルを変えるもの（ウイルス対策、同期ソフト、空きのないディスクなど）を探してください。",
  },
  bytesFailed: {
    words: "読み戻せませんでした：{code}",
    mend: "ウイルス対策などがファイルを取り去っていないか確認してください。",
  },
  renamed: { words: "名前が変わり、中身はそのままです。" },
  renameUnsupported: { words: "この保存先では名前を変更できませんが、ここでの用途には必要ありません。" },
  renameFailed: {
    words: "名前を変更できませんでした（{code}）。ファイルの置き換えに使うため、変更が失敗します。",
    mend: "書き込みだけでなく、名前の変更と削除も許可してください。",
  },
  cleaned: { words: "ロックにも使うフォルダ.xmailcfgのほかは、何も残っていません。" },
  scratchLeft: {
    words: "試しのファイルを片付けられませんでした：{files}",
    mend: "手作業で削除し、ファイルの削除を許可してください。",
  },
  clockEqual: { words: "こちらの時計と合っています。" },
  clockDiffers: {
    words:
      "こちらの時計と{seconds}秒ずれています。ロックが許すのは2秒までで、2台が同じファイルを同時に変えるおそれがあります。",
    mend: "両方のマシンの時計をNTPで合わせてください。",
  },
  looksLikeMailRoot: { words: "server.tab、各テーブル、domainsフォルダがあります。" },
  notMailRoot: {
    words: "MailRootではありません。ないもの：{missing}",
    mend: "server.tabのあるフォルダ（XMailのMAIL_ROOT）を指定してください。",
  },
  sameMailRoot: { words: "ファイルのドメインはXMailと同じです。" },
  otherMailRoot: {
    words:
      "ファイルのドメインが、CTRLポートのXMailと違います。バックアップ、古いマウント、別のマシンなどが考えられます。",
    mend: "xmail.mailRootとxmail.ctrlが同じサーバを指すようにしてください。",
  },
  notCompared: { words: "上の失敗のため、比べていません。" },
  stoppedQuiet: {
    words: "この10分間、XMailのログは増えていません。ファイルを変更する間は停止したままにしてください。",
  },
  stoppedBusy: {
    words:
      "この10分間にXMailのログが増えており、動いている可能性があります。動いているXMailはファイルへの変更を上書きします。",
    mend: "XMailを停止するか、offlineの代わりにxmail.ctrlを使ってください。",
  },
  stateHidden: { words: "ファイルを読めるのは所有者だけです。" },
  stateShown: {
    words: "{file}を他の人が読めます（モード{mode}）。ログインのもとになる情報が入っています。",
    mend: "モードを600に、フォルダのモードを700にしてください。",
  },
  hasAdministrators: { words: "ログインできる管理者：{count}人" },
  noAdministrators: {
    words: "ログインできる人がまだいません。",
    mend: "xmailcfg administrator addを実行してください。",
  },
  administratorsUnreadable: {
    words: "管理者の一覧を読み取れません：{code}",
    mend: "administrators.jsonをバックアップから戻すか、別の場所へ移して管理者を追加し直してください。",
  },
  redisCounts: { words: "{host} で記録できます（往復 {ms} ミリ秒）。" },
  redisRefuses: {
    words: "{host} へのログイン、または必要な操作が拒否されました。",
    mend: "tries.redis.userとpasswordを確認し、EVAL、SET、GET、DEL、ソート済みセットのコマンドをxmailcfg:*に対して許可してください。",
  },
  redisSilent: {
    words: "{host} に接続できません。その間、試行は各マシンで個別に数えます。",
    mend: "tries.redis.hostとportを確認し、Redisが動いているか確認してください。",
  },
  redisFails: {
    words: "{host} で記録できません。",
    mend: "Redisのログと、tries.redis.tls、databaseを確認してください。",
  },
};

export const checkWords: typeof English = {
  check: {
    title: "接続の確認",
    lead: "設定にあるすべての接続を端から端まで試します。ファイルの保存先には試しのファイルを書き込み、すぐに片付けます。XMailの内容は変わりません。",
    button: "確認する",
    again: "もう一度確認する",
    fine: "すべて正常です",
    warnings: (n: number) => `注意 ${count(n)}件`,
    failures: (n: number) => `失敗 ${count(n)}件`,
    tried: "試したこと",
    result: "結果",
    meaning: "内容",
    heading: "{part}の「{tried}」",
    mend: "対処：{words}",
    unknown: "別のバージョンのxmailcfgによる結果です：{key}",
    parts,
    steps,
    outcomes,
    found,
    kinds: {
      local: "このマシンのファイル",
      smb: "SMB共有",
      sftp: "SFTP接続先",
      "ctrl-files": "CTRLポート経由のファイル",
      memory: "メモリのみ",
    },
    codes: {
      STORAGE_DENIED: "アクセスが拒否されました",
      STORAGE_FAILED: "保存先の障害です",
      STORAGE_NOT_FOUND: "すでにありません",
      STORAGE_EXISTS: "同じ名前のものがあります",
      STORAGE_UNSUPPORTED: "保存先が対応していません",
      STORAGE_LOCKED: "他の処理が使用中です",
      BAD_CONFIG: "設定に誤りがあります",
    },
    capabilities: {
      atomicReplace: "ファイルの一括置き換え（atomicReplace）",
      exclusiveCreate: "排他的なファイル作成（exclusiveCreate、ロックに必要）",
      rangedRead: "ファイルの一部の読み取り（rangedRead）",
      append: "ファイル末尾への追記（append）",
      durableWrite: "停電に耐える書き込み（durableWrite）",
      folders: "フォルダの作成（folders）",
      move: "名前の変更（move）",
    },
  },
};
