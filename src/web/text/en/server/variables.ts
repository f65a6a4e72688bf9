/** Label, what it does, and what counts without it, for each variable of `server.tab`. */
export interface VariableWords {
  readonly label: string;
  readonly help: string;
  readonly absent: string;
}

export const serverVariables = {
  RootDomain: {
    label: "Root domain",
    help: "The main domain of this server. Any one of its domains will do.",
    absent: "XMail answers all mail with 421: it cannot be taken away.",
  },
  SmtpServerDomain: {
    label: "Name in the SMTP greeting",
    help: "Stands in the greeting, in Received lines and in CRAM-MD5.",
    absent: "The name of the machine.",
  },
  POP3Domain: {
    label: "Domain of POP3 sign-ins",
    help: "Counts for POP3 sign-ins and Finger questions without an @.",
    absent: "The domain that belongs to the address that was called, else the root domain.",
  },
  HeloDomain: {
    label: "Name in HELO",
    help: "The name XMail gives when it delivers to other servers. It should resolve to this server.",
    absent: "The name that the own address resolves to.",
  },
  PostMaster: {
    label: "Postmaster",
    help: "Sender of bounces. An address that is read.",
    absent: "Bounces have no sender of their own.",
  },
  DefaultSMTPGateways: {
    label: "Gateways for all mail",
    help: "All mail to other servers goes to these, in this order, in place of their MX.",
    absent: "Mail goes to the MX of its domain.",
  },
  SmtpGwConfig: {
    label: "How to send",
    help: "Counts for every server XMail delivers to, unless a gateway says otherwise.",
    absent: "No TLS, from any address of the machine.",
  },
  ReceivedHdrType: {
    label: "Addresses in Received",
    help: "Which addresses XMail writes into the Received lines of a mail.",
    absent: "The client's address.",
  },
  DisableEmitAuthUser: {
    label: "Leave X-AuthUser out",
    help: "X-AuthUser tells recipients who signed in to send.",
    absent: "X-AuthUser is written.",
  },
  MaxMessageSize: {
    label: "Largest mail",
    help: "Mail above this is refused. 0: no limit. An account may have its own.",
    absent: "No limit.",
  },
  MaxMTAOps: {
    label: "Most steps of a delivery",
    help: "Stops mail that runs in circles.",
    absent: "16 steps.",
  },
  SmtpMinDiskSpace: {
    label: "Disk needed for SMTP",
    help: "With less free, SMTP takes no connections. -1: not looked at.",
    absent: "Not looked at.",
  },
  SmtpMinVirtMemSpace: {
    label: "Memory needed for SMTP",
    help: "With less free, SMTP takes no connections. -1: not looked at.",
    absent: "Not looked at.",
  },
  Pop3MinVirtMemSpace: {
    label: "Memory needed for POP3",
    help: "With less free, POP3 takes no connections. -1: not looked at.",
    absent: "Not looked at.",
  },
  "SMTP-MaxErrors": {
    label: "Errors before a client is dropped",
    help: "Wrong commands and recipients count. 0: no limit.",
    absent: "No limit.",
  },
  DefaultSmtpPerms: {
    label: "Permissions of accounts",
    help: "M mail, R relay, V VRFY, T ETRN, Z no size limit, S no TLS needed; 0 for none. Counts for accounts without permissions of their own.",
    absent: "MRVZ: they may send and relay.",
  },
  "EnableAuthSMTP-POP3": {
    label: "Sending after POP3",
    help: "Whoever signed in by POP3 may send from his address for a while.",
    absent: "On.",
  },
  AllowNullSender: {
    label: "Take mail without a sender",
    help: "Bounces of other servers have none. Off, they are lost.",
    absent: "On.",
  },
  CheckMailerDomain: {
    label: "Check the sender's domain",
    help: "Refuses mail whose sender's domain has neither MX nor address.",
    absent: "Off.",
  },
  "SMTP-RDNSCheck": {
    label: "Clients without reverse DNS",
    help: "1 refuse, 0 let them in, -S wait S seconds before each answer.",
    absent: "They are let in.",
  },
  "SMTP-IpMapDropCode": {
    label: "Clients that the access rules deny",
    help: "1 drop at once, 0 only those who sign in, -S wait S seconds before each answer.",
    absent: "They are dropped.",
  },
  CustMapsList: {
    label: "DNS block lists",
    help: "Clients on one of them: 1 drop, 0 only those who sign in, -S wait S seconds. End a zone with a dot.",
    absent: "No list is asked.",
  },
  AllowSmtpVRFY: {
    label: "Allow VRFY",
    help: "VRFY tells strangers which accounts there are.",
    absent: "Off.",
  },
  AllowSmtpETRN: {
    label: "Allow ETRN",
    help: "ETRN starts the delivery of mail that waits.",
    absent: "Off.",
  },
  SmtpConfig: {
    label: "Rules of the SMTP ports",
    help: "For every address and port without a rule of its own below.",
    absent: "No rules: see the relay rules.",
  },
  SmtpMsgIPBan: {
    label: "Answer: denied by the access rules",
    help: "A whole SMTP reply: code and text.",
    absent: "XMail's own words.",
  },
  SmtpMsgIPBanSpammers: {
    label: "Answer: banned address",
    help: "A whole SMTP reply: code and text.",
    absent: "421 in XMail's own words.",
  },
  SmtpMsgIPBanMaps: {
    label: "Answer: on a block list",
    help: "A whole SMTP reply: code and text.",
    absent: "550 in XMail's own words.",
  },
  SmtpMsgIPBanSpamAddress: {
    label: "Answer: banned sender",
    help: "A whole SMTP reply: code and text.",
    absent: "504 in XMail's own words.",
  },
  CustomSMTPMessage: {
    label: "Text after refusals",
    help: "Is added to every refusal, such as an address where it is explained.",
    absent: "Nothing is added.",
  },
  Pop3LogPasswd: {
    label: "Passwords in the POP3 log",
    help: "Whoever can read the log has the passwords.",
    absent: "None is written.",
  },
  Pop3SyncErrorAccount: {
    label: "Account for undeliverable fetched mail",
    help: "Takes fetched mail that no account wants.",
    absent: "Such mail is lost.",
  },
  FetchHdrTags: {
    label: "Headers with the recipients of fetched mail",
    help: "In this order. Marked ones give all their addresses, others those of this server's domains only.",
    absent: "+X-Deliver-To, +Received, To, Cc.",
  },
  "EnableSMTP-TLS": { label: "STARTTLS for SMTP", help: "Needs server.cert and server.key.", absent: "On." },
  "EnablePOP3-TLS": { label: "STLS for POP3", help: "Needs server.cert and server.key.", absent: "On." },
  "EnableCTRL-TLS": {
    label: "TLS for the control port",
    help: "Without it passwords of the control port can be listened to on the network.",
    absent: "On.",
  },
  SmtpNoTLSAuths: {
    label: "Sign-ins allowed without TLS",
    help: "AUTH methods, like CRAM-MD5. An empty value allows none.",
    absent: "All of them.",
  },
  SSLWantVerify: {
    label: "Check certificates of clients",
    help: "Checks a certificate, when the client shows one.",
    absent: "Off.",
  },
  SSLWantCert: {
    label: "Demand certificates",
    help: "Clients without a certificate get no connection. Few mail programs have one.",
    absent: "Off.",
  },
  SSLAllowSelfSigned: {
    label: "Take self-signed certificates",
    help: "When certificates are checked.",
    absent: "Off.",
  },
  SSLUseCertsFile: {
    label: "Authorities from CERTS.PEM",
    help: "The file lies in MailRoot.",
    absent: "Off.",
  },
  SSLUseCertsDir: {
    label: "Authorities from CERTS/",
    help: "The folder lies in MailRoot, its names as c_rehash makes them.",
    absent: "Off.",
  },
  SSLMaxCertsDepth: {
    label: "Longest chain of certificates",
    help: "0: as OpenSSL has it.",
    absent: "As OpenSSL has it.",
  },
  ErrorsAdmin: {
    label: "Copy of permanent failures",
    help: "Gets a copy of every notice that a mail could not be delivered.",
    absent: "Nobody gets a copy.",
  },
  TempErrorsAdmin: {
    label: "Copy of temporary failures",
    help: "Gets a copy of notices that a mail still waits.",
    absent: "Nobody gets a copy.",
  },
  RemoveSpoolErrors: {
    label: "Delete failed mail",
    help: "On: it is gone. Off: it is kept frozen and can be sent again.",
    absent: "It is kept.",
  },
  NoSenderBounce: {
    label: "Bounces without a sender",
    help: "Keeps bounces from being bounced.",
    absent: "The postmaster is the sender.",
  },
  NotifyMsgLinesExtra: {
    label: "Lines of the mail in a bounce",
    help: "How much of the body is quoted.",
    absent: "None.",
  },
  NotifySendLogToSender: {
    label: "Log of attempts in a bounce",
    help: "Shows senders which servers were tried.",
    absent: "Off.",
  },
  NotifyTryPattern: {
    label: "Attempts that cause a notice",
    help: "After these attempts the sender is told that his mail still waits.",
    absent: "No such notices.",
  },
  SmartDNSHost: {
    label: "DNS servers",
    help: "They are asked in place of the root servers.",
    absent: "XMail asks the root servers itself.",
  },
} satisfies Record<string, VariableWords>;
