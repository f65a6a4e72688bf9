export const sendingWords = {
  sending: {
    clearText:
      "The passwords stand in XMail's file in clear text: whoever reads the file or a backup of it knows them. xmailcfg never shows them.",
    ownMethods:
      "XMail's own methods are replaced: who signs in to SMTP is checked by these programs only, also mail accounts.",
    noFullPath:
      "Without full path, and so not found unless it lies where XMail happens to run: {programs}. XMail knows no PATH and no shell.",
    lostMail: "No server is named, so XMail drops mail without a word to: {patterns}.",
    otherDomains: "All other domains",
  },
  fileTables: {
    entries: "Entries",
    uses: "Rules that use it",
    missing: "Missing",
  },
};
