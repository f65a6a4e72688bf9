import { HOST } from "./gateways.ts";
import { allOf, type Part, type Parted, pieces } from "./parts.ts";

const ZONE = /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,251}[A-Za-z0-9_])?\.?$/;
export const REACTION = /^(?:0|1|-[1-9][0-9]{0,4})$/;
const HEADER = /^[!-*\-./-9;-~]+$/;

/** `CustMapsList`: `zone.:code,…`; without its final dot a zone would be looked up below the own domain as well. */
export const dnsLists: Parted = {
  fields: [
    { name: "zone", required: true, pattern: ZONE },
    { name: "code", required: true, pattern: REACTION },
  ],
  single: false,
  parse: (text) => allOf(pieces(text, ",").map((one) => pairOf(one, ["zone", "code"], [ZONE, REACTION]))),
  print: (parts) => parts.map(({ zone = "", code = "" }) => `${zone}:${code}`).join(","),
};

/** `SmartDNSHost`: `host:tcp|udp,…`. */
export const dnsServers: Parted = {
  fields: [
    { name: "host", required: true, pattern: HOST },
    { name: "protocol", required: true, pattern: /^(?:tcp|udp)$/, values: ["udp", "tcp"] },
  ],
  single: false,
  parse: (text) =>
    allOf(pieces(text, ",").map((one) => pairOf(one, ["host", "protocol"], [HOST, /^(?:tcp|udp)$/]))),
  print: (parts) => parts.map(({ host = "", protocol = "" }) => `${host}:${protocol}`).join(","),
};

/** `NotifyTryPattern`: numbers of attempts. */
export const numbers = plainList("number", /^[1-9][0-9]{0,3}$/);

/** `SmtpNoTLSAuths`: AUTH methods. */
export const methods = plainList("method", /^[A-Z0-9-]{1,20}$/);

/** `FetchHdrTags`: `+` takes all addresses of the header, without it only those of the local domains. */
export const headers: Parted = {
  fields: [
    { name: "header", required: true, pattern: HEADER },
    { name: "mark", required: false, pattern: /^\+$/, values: ["+"] },
  ],
  single: false,
  parse: (text) =>
    allOf(
      pieces(text, ",").map((one): Part | null => {
        const mark = one.startsWith("+") ? "+" : "";
        const header = one.slice(mark.length);
        return HEADER.test(header) ? { header, mark } : null;
      }),
    ),
  print: (parts) => parts.map(({ header = "", mark = "" }) => `${mark}${header}`).join(","),
};

/** `SmtpMsgIPBan…`: the code of the reply stands before its text. */
export const reply: Parted = {
  fields: [
    { name: "code", required: true, pattern: /^[45][0-9]{2}$/ },
    { name: "text", required: true, pattern: /^[ -~]{1,480}$/ },
  ],
  single: true,
  parse(text) {
    const found = /^([45][0-9]{2}) ([ -~]{1,480})$/.exec(text);
    return found ? [{ code: found[1] ?? "", text: found[2] ?? "" }] : null;
  },
  print: ([{ code = "", text = "" } = {}]) => `${code} ${text}`,
};

/** `SmtpConfig`: `mail-auth` is an older name of `MailAuth`. Whether XMail takes other spellings nobody has tried. */
export const smtpConfig: Parted = {
  fields: [
    { name: "mailAuth", required: false, pattern: /^1$/, values: ["1"] },
    { name: "wantTls", required: false, pattern: /^1$/, values: ["1"] },
  ],
  single: true,
  parse(text) {
    const words = pieces(text, ",");
    if (words.some((word) => !["MailAuth", "mail-auth", "WantTLS"].includes(word))) return null;
    const mailAuth = words.some((word) => word !== "WantTLS");
    return [{ mailAuth: mailAuth ? "1" : "", wantTls: words.includes("WantTLS") ? "1" : "" }];
  },
  print: ([{ mailAuth = "", wantTls = "" } = {}]) =>
    [mailAuth === "1" ? "MailAuth" : "", wantTls === "1" ? "WantTLS" : ""]
      .filter((word) => word !== "")
      .join(","),
};

function plainList(name: string, pattern: RegExp): Parted {
  return {
    fields: [{ name, required: true, pattern }],
    single: false,
    parse: (text) =>
      allOf(pieces(text, ",").map((one): Part | null => (pattern.test(one) ? { [name]: one } : null))),
    print: (parts) => parts.map((part) => part[name] ?? "").join(","),
  };
}

function pairOf(
  text: string,
  [first, second]: readonly [string, string],
  [firstFits, secondFits]: readonly [RegExp, RegExp],
): Part | null {
  const colon = text.lastIndexOf(":");
  if (colon === -1) return null;
  const pair = [text.slice(0, colon).trim(), text.slice(colon + 1).trim()] as const;
  return firstFits.test(pair[0]) && secondFits.test(pair[1]) ? { [first]: pair[0], [second]: pair[1] } : null;
}
