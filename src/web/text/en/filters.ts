export const filtersWords = {
  filters: {
    fileMissing: "The file {file} is missing: its rules do nothing.",
    tooMany: "XMail looks at the first 128 lines only.",
    onlyIpv4: "0.0.0.0/0 does not fit mail that comes by IPv6. Use ::/0, which fits every address.",
    noticesToo:
      "A rule for sender * also filters XMail's own notices. If its filter ends with code 6, the notice is stopped, too: exclude the postmaster.",
    exitCodes: {
      title: "What the exit codes mean",
      smtp: [
        "3: refuse. The answer is 554, or the first line of FILE.rej, which must be a whole reply like “554 No”.",
        "Any other code: go on.",
      ],
      message: [
        "4: delete the message without notice.",
        "5: freeze the message without notice (or delete it, with RemoveSpoolErrors).",
        "6: send a notice to the sender and to ErrorsAdmin, and freeze the message.",
        "7: the program changed the message; without this code its changes are not used.",
        "Any other code: go on.",
      ],
      both: [
        "16 more than one of these: do that, and run no further line.",
        "A program that is missing or takes too long counts as passed, and the next line runs.",
      ],
    },
  },
};
