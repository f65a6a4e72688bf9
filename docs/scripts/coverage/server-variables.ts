import { SERVER_VARIABLES } from "../../../src/settings/server-variables/catalogue.ts";
import type { Cover, Row } from "./cover.ts";

/** What the reference of XMail 1.27 lists for `server.tab`; the catalogue must know these, and no other. */
export const NAMED_BY_XMAIL = [
  ...["RootDomain", "SmtpServerDomain", "POP3Domain", "HeloDomain", "PostMaster", "ErrorsAdmin"],
  ...[
    "TempErrorsAdmin",
    "RemoveSpoolErrors",
    "NoSenderBounce",
    "NotifyMsgLinesExtra",
    "NotifySendLogToSender",
  ],
  ...["NotifyTryPattern", "AllowNullSender", "MaxMTAOps", "ReceivedHdrType", "DisableEmitAuthUser"],
  ...["FetchHdrTags", "Pop3SyncErrorAccount", "DefaultSMTPGateways", "SmtpGwConfig", "SMTP-MaxErrors"],
  ...["SMTP-IpMapDropCode", "SMTP-RDNSCheck", "CustMapsList", "SmtpMsgIPBan", "SmtpMsgIPBanSpammers"],
  ...[
    "SmtpMsgIPBanMaps",
    "SmtpMsgIPBanSpamAddress",
    "CustomSMTPMessage",
    "CheckMailerDomain",
    "AllowSmtpVRFY",
  ],
  ...["AllowSmtpETRN", "SmtpMinDiskSpace", "SmtpMinVirtMemSpace", "Pop3MinVirtMemSpace", "MaxMessageSize"],
  ...["EnableAuthSMTP-POP3", "DefaultSmtpPerms", "SmtpNoTLSAuths", "SmtpConfig", "Pop3LogPasswd"],
  ...["SmartDNSHost", "EnableCTRL-TLS", "EnableSMTP-TLS", "EnablePOP3-TLS", "SSLWantVerify", "SSLWantCert"],
  ...["SSLAllowSelfSigned", "SSLUseCertsFile", "SSLUseCertsDir", "SSLMaxCertsDepth"],
];

const EACH = "test/unit/operations/server-variables.test.ts#SERVER_VARIABLES";

function inGroup(group: string): Cover {
  return { by: ["serverSetting.*"], on: [`/server-settings/${group}`], tests: [EACH] };
}

export const SERVER_VARIABLE_ROWS: readonly Row[] = [
  ...SERVER_VARIABLES.map(({ name, group }) => ({ name, cover: inGroup(group) })),
  { name: "SmtpConfig-IP and SmtpConfig-IP,PORT", cover: inGroup("smtp") },
  { name: "any other", cover: inGroup("unknown") },
];
