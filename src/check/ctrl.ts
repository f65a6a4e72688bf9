import { isAppError } from "../errors/error.ts";
import { type Finding, type Found, finding } from "../xmail/check.ts";
import { compareClocks } from "./clock.ts";
import { codeOf } from "./codes.ts";

/** A connection to XMail's control port that nobody used before. */
export interface CtrlProbe {
  readonly transport: "tls" | "loopback" | "clear";
  /** Connects and signs in. */
  greet(): Promise<{ readonly challenge: string; readonly version: string }>;
  domains(): Promise<readonly string[]>;
}

const KNOWN_VERSION = "XMail 1.27";

const BY_CODE: Readonly<Record<string, Found>> = {
  XMAIL_UNREACHABLE: "ctrlSilent",
  XMAIL_TIMEOUT: "ctrlLate",
  XMAIL_BUSY: "ctrlBusy",
  XMAIL_PROTOCOL: "ctrlNotXMail",
  XMAIL_TLS: "ctrlTlsFailed",
};
/** XMail's number for an address that is not in `ctrl.ipmap.tab`. */
const ADDRESS_REFUSED = 130;

/** Never rejects: what goes wrong is what was looked for. */
export async function checkCtrl(probe: CtrlProbe): Promise<readonly Finding[]> {
  const before = Date.now();
  let greeting: { readonly challenge: string; readonly version: string };
  try {
    greeting = await probe.greet();
  } catch (error) {
    return whyNot(error);
  }
  const after = Date.now();
  const { version } = greeting;
  const found = [
    finding("ctrl", "ctrlAnswers"),
    finding("ctrl", "signedIn"),
    finding("ctrl", LINES[probe.transport]),
    finding("ctrl", version === KNOWN_VERSION ? "versionKnown" : "versionOther", { version }),
    await domainsSeen(probe),
  ];
  const seconds = /^<(\d{9,11})\./.exec(greeting.challenge)?.[1];
  if (seconds !== undefined) {
    found.push(compareClocks("ctrl", Number(seconds) * 1000, { before, after }, 1000));
  }
  return found;
}

const LINES = { tls: "lineEncrypted", loopback: "lineInside", clear: "lineClear" } as const;

async function domainsSeen(probe: CtrlProbe): Promise<Finding> {
  try {
    return finding("ctrl", "ctrlLists", { count: String((await probe.domains()).length) });
  } catch (error) {
    return finding("ctrl", "ctrlRefuses", { code: codeOf(error) });
  }
}

function whyNot(error: unknown): Finding[] {
  const code = codeOf(error);
  if (code === "XMAIL_LOGIN_REFUSED") {
    const byAddress = isAppError(error) && error.internal["xmailCode"] === ADDRESS_REFUSED;
    if (byAddress) return [finding("ctrl", "ctrlAddressRefused")];
    return [finding("ctrl", "ctrlAnswers"), finding("ctrl", "signInRefused")];
  }
  const found = BY_CODE[code];
  return [found === undefined ? finding("ctrl", "ctrlFailed", { code }) : finding("ctrl", found)];
}
