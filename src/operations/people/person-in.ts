import { failField } from "../../errors/error.ts";
import type { NewPerson } from "../../kernel/people.ts";
import type { Static } from "../../kernel/schema.ts";
import { addressText } from "../../settings/ip/address.ts";
import { bitsOf, rangeText } from "../../settings/ip/range.ts";
import { typedRange } from "../../settings/ip/typed-range.ts";
import { fields } from "../fields.ts";
import { personFields } from "./fields.ts";

const All = fields(personFields);
type Given = Static<typeof All> & { readonly name?: string | undefined };

/** What is given of a person, in the words of the kernel; the rest is as it was. `INVALID_INPUT`. */
export function changedPerson<P extends NewPerson>(person: P, given: Given): P {
  const { signInAlias, postalAddress, networks, memo, ...same } = given;
  const changed = {
    ...person,
    ...defined({
      name: same.name,
      validFrom: same.validFrom,
      validUntil: same.validUntil,
      sessionSeconds: same.sessionSeconds,
      language: same.language,
      fullName: same.fullName?.trim(),
      email: same.email,
      phone: same.phone?.trim(),
      alias: signInAlias,
      address: postalAddress?.trim(),
      memo: memo?.replace(/\r\n?/g, "\n").trimEnd(),
      networks: networks && networksIn(networks),
    }),
  };
  requireDays(changed);
  return changed;
}

/** Without what is not said. */
export function defined<T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}

/** In one spelling: `192.0.2.7`, `192.0.2.0/24`. `INVALID_INPUT`. */
export function networksIn(networks: readonly string[]): readonly string[] {
  const texts = networks.map((text) => {
    const range = typedRange(text);
    if (typeof range === "string") {
      return failField("networks", range, `networks: ${text} is neither an address nor address/bits.`);
    }
    const bits = bitsOf(range.mask);
    return bits === range.address.length * 8 ? addressText(range.address) : rangeText(range);
  });
  return [...new Set(texts)];
}

function requireDays({ validFrom, validUntil }: NewPerson): void {
  requireDay("validFrom", validFrom);
  requireDay("validUntil", validUntil);
  if (validFrom !== "" && validUntil !== "" && validUntil < validFrom) {
    failField("validUntil", "days-turned", "validUntil is before validFrom.");
  }
}

/** `INVALID_INPUT` for what is no day of the calendar. */
export function requireDay(field: string, day: string): void {
  if (day === "") return;
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  if (new Date(Date.UTC(year, month - 1, date)).toISOString().slice(0, 10) !== day) {
    failField(field, "day", `${field} is no day of the calendar.`);
  }
}

/** The day of a moment on the clock of this machine. */
export function dayOf(moment: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}
