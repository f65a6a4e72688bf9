/** "会議のお知らせ" and "日本語の本文です。" as each charset writes them, base64. */
const WRITTEN = {
  "iso-2022-jp": ["GyRCMnE1RCROJCpDTiRpJDsbKEI=", "GyRCRnxLXDhsJE5LXEo4JEckOSEjGyhC"],
  shift_jis: ["ie+LY4LMgqiSbYLngrk=", "k/qWe4zqgsyWe5W2gsWCt4FC"],
  "euc-jp": ["svG1xKTOpKrDzqTppLs=", "xvzL3LjspM7L3Mq4pMekuaGj"],
  "utf-8": ["5Lya6K2w44Gu44GK55+l44KJ44Gb", "5pel5pys6Kqe44Gu5pys5paH44Gn44GZ44CC"],
} as const;
export type Charset = keyof typeof WRITTEN;

/** A mail as Japanese programs write it: the body in bytes of the charset. */
export function japaneseMail(charset: Charset): Uint8Array {
  const [subject, body] = WRITTEN[charset];
  const head = `From: hana@example.jp\nSubject: =?${charset}?B?${subject}?=\nContent-Type: text/plain; charset=${charset}\nContent-Transfer-Encoding: 8bit\n\n`;
  return Buffer.concat([Buffer.from(head), Buffer.from(body, "base64"), Buffer.from("\r\n")]);
}

/** Text and HTML as two forms of one thing, and two attachments. */
export function mixedMail(): Uint8Array {
  return Buffer.from(
    [
      "From: a@example.com",
      "Subject: both",
      "MIME-Version: 1.0",
      'Content-Type: multipart/mixed; boundary="out"',
      "",
      "--out",
      'Content-Type: multipart/alternative; boundary="in"',
      "",
      "--in",
      "Content-Type: text/plain",
      "",
      "Plain words.",
      "--in",
      "Content-Type: text/html; charset=utf-8",
      "",
      '<p onclick="x()" style="color:red">Rich <b>words</b> <img src="https://track.example/p.gif" alt="a logo"> <a href="https://phish.example/login?a=1">here</a><script>alert(1)</script></p>',
      "--in--",
      "--out",
      "Content-Type: application/pdf",
      "Content-Disposition: attachment; filename*=UTF-8''%E8%AB%8B%E6%B1%82%E6%9B%B8.pdf",
      "Content-Transfer-Encoding: base64",
      "",
      "JVBERi0x",
      "--out",
      'Content-Type: text/plain; name="../../etc/passwd"',
      "Content-Disposition: attachment",
      "",
      "hi",
      "--out--",
      "",
    ].join("\r\n"),
  );
}
