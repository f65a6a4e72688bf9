export const serverRules = {
  "server-parts": () => "XMailが読める形ではない項目があります。",
  "server-part": (limit: string) => `${limit}番目の項目に、足りない値か使えない値があります。`,
  "server-reaction": () => "1、0、または-10のようにマイナスと秒数で指定してください。",
  "whole-number": () => "整数で入力してください。",
  "server-variable": () => "英数字と記号で、空白を入れずに入力してください。",
  "server-one-value": () => "この変数は1つの値だけを取ります。",
  "server-root-domain": () => "ルートドメインがないと、XMailはすべてのメールに421を返します。",
  revision: () => "ページを開き直してください。",
  "start-line": () => "英数字と . , : / \\ - + = @ [ ] だけを使い、空白で区切ってください。",
  "queue-recipients": () => "ドメインかアドレスを入力してください。*は任意の文字列です。",
  "ctrl-account": () => "英数字と . - _ @ だけを使ってください。",
  "ctrl-password": () =>
    '英数字と記号を使ってください。空白と " * < > \\ | は使えず、先頭に # は置けません。',
  "ctrl-password-weak": () =>
    "推測されやすいパスワードです。名前を含めず、もっと多くの種類の文字を使ってください。",
  "file-path": () => "MailRootからのパスを、server.tabのように / 区切りで入力してください。",
  "file-locked": () => "このファイルはテキストとして編集できません。",
  "file-mask": (limit: string) =>
    `${limit}行目の *** は秘密の値の代わりです。行全体を書き直すか、表示されたままにしてください。`,
  "file-empty": () => "空のファイルは、XMailのCTRLポートによって削除されます。コメント行を残してください。",
  "file-line": (limit: string) => `${limit}行目：列が足りないか、XMailが使えない値があります。`,
  "file-line-long": (limit: string) => `${limit}行目は、XMailが読める長さを超えています。`,
};
