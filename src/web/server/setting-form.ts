import { fail, failField } from "../../errors/error.ts";
import type { ServerSetting } from "../../operations/server-setting/rows.ts";

type Part = Record<string, string>;
export interface SettingChanges {
  readonly set: readonly ({ name: string; value: string } | { name: string; parts: Part[] })[];
  readonly unset: readonly string[];
}

/** Lines beyond those that are there, to fill in further entries. */
export const SPARE = 2;
export const LISTENER = "listener";
const LISTENER_PREFIX = "SmtpConfig-";

export function isListener({ name }: Pick<ServerSetting, "name">): boolean {
  return name.startsWith(LISTENER_PREFIX);
}

/** Address and port of a rule for one of them. */
export function listenerOf({ name, parts }: ServerSetting): Part {
  const [address = "", port = ""] = name.slice(LISTENER_PREFIX.length).split(",");
  return { address, port, ...parts?.[0] };
}

/** Name of the form's field for one part. */
export function partName(setting: string, at: number, field: string): string {
  return `${setting}.${at}.${field}`;
}

/** Refuses (`CONFLICT`) a form that was opened before somebody else changed the file. */
export function requireRevision(form: URLSearchParams, revision: string): void {
  if (form.get("revision") !== revision) fail("CONFLICT");
}

/** What the form asks to change of the settings that it showed; one that was left alone is left alone. */
export function settingChanges(form: URLSearchParams, settings: readonly ServerSetting[]): SettingChanges {
  const showed = form.getAll("shows");
  const set: SettingChanges["set"][number][] = [];
  const unset: string[] = [];
  for (const setting of settings) {
    if (!showed.includes(setting.name)) continue;
    const { name, value } = setting;
    if (isParted(setting)) {
      const parts = partsIn(
        form,
        name,
        setting.fields.map((field) => field.name),
      );
      const was = setting.parts ?? [];
      const empty = form.get(`${name}.empty`) === "true";
      if (same(parts, was) && (parts.length > 0 || empty === (value === ""))) continue;
      if (parts.length > 0 || empty) set.push(empty ? { name, value: "" } : { name, parts });
      else if (value !== null) unset.push(name);
      continue;
    }
    const typed = typedFor(form, setting);
    if (typed === (value ?? "")) continue;
    if (typed === "") unset.push(name);
    else set.push({ name, value: typed });
  }
  return showed.includes(LISTENER) ? withListeners(form, settings, { set, unset }) : { set, unset };
}

/** Text that we cannot take apart is edited as text. */
export function isParted({ fields, parts, value }: ServerSetting): boolean {
  return fields.length > 0 && (parts !== null || value === null);
}

function typedFor(form: URLSearchParams, { name, kind }: ServerSetting): string {
  const typed = (form.get(name) ?? "").trim();
  // Full-width digits come from Japanese keyboards.
  return kind === "number" || kind === "reaction" ? typed.normalize("NFKC") : typed;
}

function partsIn(form: URLSearchParams, name: string, fields: readonly string[]): Part[] {
  const parts: Part[] = [];
  for (let at = 0; form.has(partName(name, at, "row")); at += 1) {
    const values = fields.map(
      (field) => [field, (form.get(partName(name, at, field)) ?? "").trim()] as const,
    );
    if (values.some(([, value]) => value !== "")) parts.push(Object.fromEntries(values));
  }
  return parts;
}

function same(parts: readonly Part[], was: readonly Readonly<Record<string, string | undefined>>[]): boolean {
  const filled = (part: Readonly<Record<string, string | undefined>>) =>
    Object.entries(part)
      .filter(([, value]) => value !== undefined && value !== "")
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .join(";");
  return parts.map(filled).join("\n") === was.map(filled).filter(Boolean).join("\n");
}

function withListeners(
  form: URLSearchParams,
  settings: readonly ServerSetting[],
  { set, unset }: SettingChanges,
): SettingChanges {
  const wanted = new Map<string, Part>();
  for (const { address = "", port = "", ...rule } of partsIn(form, LISTENER, [
    "address",
    "port",
    "mailAuth",
    "wantTls",
  ])) {
    if (!/^[0-9A-Fa-f.:]{2,45}$/.test(address) || !/^(?:[1-9][0-9]{0,4})?$/.test(port)) {
      failField(LISTENER, "server-part", "An address is missing or wrong.", String(wanted.size + 1));
    }
    wanted.set(`${LISTENER_PREFIX}${address}${port === "" ? "" : `,${port}`}`, rule);
  }
  // One that we cannot take apart is not in the form.
  const shown = settings.filter((one) => isListener(one) && isParted(one));
  const gone = shown.filter(({ name }) => !wanted.has(name)).map(({ name }) => name);
  const changed = [...wanted].filter(([name, rule]) => {
    const was = shown.find((one) => one.name === name);
    return !was || !same([rule], was.parts ?? []);
  });
  return {
    set: [...set, ...changed.map(([name, rule]) => ({ name, parts: [rule] }))],
    unset: [...unset, ...gone],
  };
}
