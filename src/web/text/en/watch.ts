export const watchWords = {
  watch: {
    problems: {
      serverUnreachable: {
        title: "XMail does not answer",
        text: "Nobody can send or fetch mail. See whether the service runs, and whether the control port is open.",
      },
      filesUnreachable: {
        title: "XMail's files cannot be read",
        text: "Queue, logs and mailboxes cannot be looked at. The check says why.",
      },
      changeUnfinished: {
        title: "A change was left half done",
        text: "The next change finishes it or takes it back first.",
      },
      queueLarge: {
        title: "{value} messages wait in the queue",
        text: "From {bound} on this is told. Look at the shape of the queue before anything else. {mostly}",
      },
      queueOld: {
        title: "Mail waits for {value} hours",
        text: "The oldest message of the queue is older than {bound} hours. See the reasons in the queue.",
      },
      certificateOver: {
        title: "The certificate is over",
        text: "The certificate {about} ended {value} days ago. Mail programs warn or refuse to connect.",
      },
      certificateEnds: {
        title: "The certificate ends in {value} days",
        text: "Renew the certificate {about} and put it into server.cert.",
      },
      mailboxFull: { title: "A mailbox is full", text: "{about} receives no mail: {value} of {bound}." },
      mailboxNearlyFull: { title: "A mailbox is nearly full", text: "{about}: {value} of {bound}." },
      abuse: "A sign of abuse",
    },
    amounts: {
      accountNetworks: "{value} networks",
      ipSignIns: "{value} tries",
      accountSignIns: "{value} tries",
      refusedSender: "{value} times",
    },
    mostly: "Most of it is from {about}.",
    short: {
      queueMessages: "Messages in the queue",
      frozenMessages: "Given up (frozen)",
      mailToday: "Mail today",
      refusedToday: "Refused today",
      mailboxesFull: "Full mailboxes",
      mailboxesNearlyFull: "Nearly full",
      certificateDays: "Days of the certificate",
    },
    lastWeek: "{count} a week ago at this hour",
    numbers: "What was counted",
    looked: "Last look at logs, queue and mailboxes: {when}.",
    never: "Logs, queue and mailboxes were not looked at yet.",
    again: "Look now",
    more: "More",
    rescue: "Go through it step by step",
    changes: "Last changes",
    unknown: "Could not be looked at: {parts}.",
    parts: {
      server: "server",
      changes: "changes",
      queue: "queue",
      logs: "logs",
      mailboxes: "mailboxes (not counted yet, or out of reach)",
      certificate: "certificate",
    },
    letter: {
      subjectBad: "[{server}] {count} new: {first}",
      subjectOver: "[{server}] over: {count}",
      begun: "New:",
      over: "Over:",
      now: "Problems now: {count}",
      end: "You are told once when something begins, and once when it is over.",
    },
  },
};
