export const sendingWords = {
  sending: {
    clearText:
      "パスワードはXMailのファイルに平文で保存されています。ファイルやそのバックアップを読める人には知られてしまいます。xmailcfgが表示することはありません。",
    ownMethods:
      "XMail本来の認証は使われません。メールアカウントも含めて、SMTP認証はこれらのプログラムだけで確認されます。",
    noFullPath:
      "絶対パスではないため、XMailから見つからないおそれがあります：{programs}。PATHもシェルも使われません。",
    lostMail: "転送先サーバがないため、次の宛先のメールは通知もなく破棄されます：{patterns}。",
    otherDomains: "その他すべてのドメイン",
  },
  fileTables: {
    entries: "項目数",
    uses: "使用するルール",
    missing: "ファイルなし",
  },
};
