export const serverFields = {
  revision: { label: "版", help: "ページを開いたときのファイルの版です。" },
  "serverSetting.list search": { label: "検索語", help: "変数名または値の一部です。" },
  "serverSetting.set set": { label: "設定する変数", help: "server.tabに書く変数名と値です。" },
  "serverSetting.set unset": { label: "削除する変数", help: "削除後はXMailの標準値が使われます。" },
  "accountDefault.set set": { label: "設定する変数", help: "userdef.tabに書く変数名と値です。" },
  "accountDefault.set unset": { label: "削除する変数", help: "新しいアカウントには付きません。" },
  "domainDefault.set set": { label: "設定する変数", help: "ドメインのuserdef.tabに書く変数名と値です。" },
  "domainDefault.set unset": {
    label: "削除する変数",
    help: "このドメインの新しいアカウントには付きません。",
  },
  line: {
    label: "起動オプション",
    help: "プログラム名の後ろに書く形です（-Pl -Sl -Ql）。引用符は使いません。",
  },
  recipients: {
    label: "宛先",
    help: "ドメインかアドレスです。*は任意の文字列で、*だけなら待機中のすべてのメールです。",
  },
  "ctrlAccount.add name": {
    label: "アカウント名",
    help: "メールアカウントである必要はありません。英数字と . - _ @ が使えます。",
  },
  "ctrlAccount.change name": {
    label: "アカウント名",
    help: "メールアカウントである必要はありません。英数字と . - _ @ が使えます。",
  },
  "ctrlAccount.add password": {
    label: "パスワード",
    help: '12文字以上にします。覚える必要はないので、長く複雑にしてください。" * < > \\ | は使えず、先頭に # は置けません。',
  },
  "ctrlAccount.change password": {
    label: "新しいパスワード",
    help: '変更しないときは空のままにします。12文字以上で、" * < > \\ | は使えず、先頭に # は置けません。',
  },
  "ctrlAccount.list search": { label: "検索語", help: "名前の一部です。" },
  "file.list domain": {
    label: "ドメイン",
    help: "サーバ全体の代わりに、このドメインのファイルを表示します。",
  },
  "file.list name": { label: "アカウント", help: "このドメインのアカウントのファイルを表示します。" },
  path: { label: "ファイル", help: "server.tabのような、MailRootからのパスです。" },
  from: { label: "最初の行", help: "ファイルのどの行から表示するかです。" },
  "file.set text": {
    label: "テキスト",
    help: "ファイル全体です。*** のある行は、そのままにすれば秘密の値も保たれます。",
  },
};
