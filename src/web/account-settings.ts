import { fail, failField } from "../errors/error.ts";

/** One variable of `user.tab`. */
export interface Variable {
  readonly name: string;
  readonly value: string;
}

/** Form fields that stand for one variable each; the rest of `user.tab` is shown as it is. */
export const SETTINGS = {
  realName: "RealName",
  homePage: "HomePage",
  receive: "ReceiveEnable",
  pop: "PopEnable",
  permissions: "SmtpPerms",
  scanCur: "Pop3ScanCur",
  authUser: "DisableEmitAuthUser",
  mailboxLimit: "MaxMBSize",
  messageLimit: "MaxMessageSize",
  closed: "ClosedML",
  replyTo: "UseReplyTo",
  listSender: "ListSender",
} as const;

export type Setting = keyof typeof SETTINGS;

/** What an account of each kind can be told; `stops` are those that suspending remembers and gives back. */
export const SETTINGS_OF: Readonly<Record<"user" | "list", readonly Setting[]>> = {
  user: [
    "realName",
    "homePage",
    "receive",
    "pop",
    "permissions",
    "scanCur",
    "authUser",
    "mailboxLimit",
    "messageLimit",
  ],
  list: ["realName", "homePage", "receive", "closed", "replyTo", "listSender"],
};
export const STOPPED_BY_SUSPENDING: readonly Setting[] = ["receive", "pop", "permissions"];

export const RIGHTS = ["M", "R", "V", "T", "Z", "S"] as const;
const SWITCHES: readonly Setting[] = ["receive", "pop", "scanCur", "closed", "replyTo"];
/** Off when absent. */
const OFF_AT_FIRST: readonly Setting[] = ["scanCur", "closed"];
/** kB of one; the form's units. */
export const UNITS = { kB: 1, MB: 1024, GB: 1024 * 1024 } as const;
export type Unit = keyof typeof UNITS;
const LONGEST_KILOBYTES = 9_999_999_999;

/** Value of a setting as `user.tab` has it; `null` when it is not there. */
export function settingOf(variables: readonly Variable[], setting: Setting): string | null {
  return variables.find(({ name }) => name === SETTINGS[setting])?.value ?? null;
}

/** Whether a switch is on; XMail reads a number. */
export function isOn(setting: Setting, value: string | null): boolean {
  return value === null ? !OFF_AT_FIRST.includes(setting) : Number.parseInt(value, 10) > 0;
}

/** `DisableEmitAuthUser` as the form has it: on, off, or as the server says. */
export function authUserOf(value: string | null): "" | "0" | "1" {
  return value === null ? "" : isOn("authUser", value) ? "1" : "0";
}

/** A limit in its largest whole unit; text that is no number comes back as it is. */
export function limitParts(value: string | null): { amount: string; unit: Unit } {
  if (value === null || value === "") return { amount: "", unit: "MB" };
  const kilobytes = Number(value);
  if (!/^\d+$/.test(value) || kilobytes === 0) return { amount: value, unit: "MB" };
  const unit = kilobytes % UNITS.GB === 0 ? "GB" : kilobytes % UNITS.MB === 0 ? "MB" : "kB";
  return { amount: String(kilobytes / UNITS[unit]), unit };
}

/** Refuses (`CONFLICT`) a form that was opened while the account was suspended and is not now, or the other way round. */
export function requireSameState(form: URLSearchParams, suspended: boolean): void {
  if (form.get("suspended") !== stateOf(suspended)) fail("CONFLICT");
}

/** The form's hidden field `suspended`. */
export function stateOf(suspended: boolean): "0" | "1" {
  return suspended ? "1" : "0";
}

/**
 * What the form asks to change, compared with what it showed: a setting that somebody else changed meanwhile, and
 * that this person left alone, is left alone. So is one that the form did not show: an absent box is not an unticked one.
 */
export function changesOf(
  form: URLSearchParams,
  settings: readonly Setting[],
): { set: Variable[]; unset: string[] } {
  const set: Variable[] = [];
  const unset: string[] = [];
  const showed = form.getAll("shows");
  for (const setting of settings) {
    if (!showed.includes(setting)) continue;
    const was = form.has(`was-${setting}`) ? (form.get(`was-${setting}`) ?? "") : null;
    const wanted = wantedOf(form, setting, was);
    if (wanted === was) continue;
    if (wanted === null) unset.push(SETTINGS[setting]);
    else set.push({ name: SETTINGS[setting], value: wanted });
  }
  return { set, unset };
}

/** What the form would make of each setting it showed, as `user.tab` has it; empty for XMail's default. */
export function wantedSettings(form: URLSearchParams): Record<string, string> {
  const showed = form.getAll("shows").filter((name): name is Setting => Object.hasOwn(SETTINGS, name));
  return Object.fromEntries(
    showed.map((setting) => {
      const was = form.has(`was-${setting}`) ? (form.get(`was-${setting}`) ?? "") : null;
      return [setting, typedOf(form, setting, was)];
    }),
  );
}

/** What makes no sense is shown as it was typed. */
function typedOf(form: URLSearchParams, setting: Setting, was: string | null): string {
  try {
    return wantedOf(form, setting, was) ?? "";
  } catch {
    return form.get(setting) ?? "";
  }
}

/** The value the form asks for; `was` when it asks for no change, `null` for XMail's default. */
function wantedOf(form: URLSearchParams, setting: Setting, was: string | null): string | null {
  if (SWITCHES.includes(setting)) {
    const on = form.get(setting) === "1";
    return on === isOn(setting, was) ? was : on ? "1" : "0";
  }
  if (setting === "permissions") return permissionsOf(form, was);
  if (setting === "mailboxLimit" || setting === "messageLimit") return limitOf(form, setting, was);
  const text = (form.get(setting) ?? "").trim();
  if (setting === "authUser" && text === authUserOf(was)) return was;
  return text === (was ?? "").trim() ? was : text === "" ? null : text;
}

function permissionsOf(form: URLSearchParams, was: string | null): string | null {
  if (form.get("permissions") !== "own") return null;
  const ticked = RIGHTS.filter((right) => form.getAll("right").includes(right));
  const before = RIGHTS.filter((right) => was?.includes(right));
  if (was !== null && ticked.join("") === before.join("")) return was;
  // XMail reads an empty value as its default; a letter it does not know means none.
  return ticked.length === 0 ? "0" : ticked.join("");
}

function limitOf(form: URLSearchParams, setting: Setting, was: string | null): string | null {
  const shown = limitParts(was);
  // Full-width digits come from Japanese keyboards.
  const amount = (form.get(setting) ?? "").normalize("NFKC").trim().replace(/,/g, "");
  const unit = form.get(`${setting}Unit`) ?? "";
  if (amount === shown.amount && (unit === shown.unit || amount === "")) return was;
  if (amount === "") return null;
  const size = Object.hasOwn(UNITS, unit) ? UNITS[unit as Unit] : Number.NaN;
  const kilobytes = /^\d+(?:\.\d+)?$/.test(amount) ? Number(amount) * size : Number.NaN;
  if (!Number.isInteger(kilobytes) || kilobytes > LONGEST_KILOBYTES) {
    failField(setting, "kilobytes", "A whole number of kB is needed.");
  }
  return String(kilobytes);
}
