import { type Static, Type } from "../../kernel/schema.ts";
import { wholeNumber } from "../../settings/ip/range.ts";
import { fields } from "../fields.ts";

const box = (description: string) => Type.Boolean({ description });

/** What XMail can be told of a client; a box is a cell `Name=1` in the file, `SenderDomainCheck=0` for the last one. */
export const propertyFields = {
  whiteList: box("Skips the rules on who may connect, banned addresses and spam lists"),
  noAuth: box("May send mail without signing in where signing in is asked for"),
  easeTls: box("Need not use TLS where TLS is asked for"),
  enableVrfy: box("May ask with VRFY whether an address exists"),
  enableEtrn: box("May have its queue delivered with ETRN"),
  skipSenderCheck: box("The domain of its senders is not looked up"),
};
const Properties = fields(propertyFields);
export type Properties = Static<typeof Properties>;

const NAMES = {
  whiteList: "WhiteList",
  noAuth: "NoAuth",
  easeTls: "EaseTLS",
  enableVrfy: "EnableVRFY",
  enableEtrn: "EnableETRN",
  skipSenderCheck: "SenderDomainCheck",
} as const satisfies Record<keyof Properties, string>;
const KEYS = Object.keys(NAMES) as (keyof Properties)[];

/** As XMail reads the cells after the first: names with these very capitals; `Name` alone means `Name=1`. */
export function propertiesIn(cells: readonly string[]): Properties {
  const on = (key: keyof Properties) => cells.some((cell) => keyOf(cell) === key && isOn(key, cell));
  const entries = KEYS.map((key) => [key, on(key)]);
  return Object.fromEntries(entries) as unknown as Properties;
}

/** The cells after a change: what is not known stays, what says the right thing keeps its spelling and place. */
export function propertyCells(wanted: Properties, was: readonly string[]): readonly string[] {
  const now = propertiesIn(was);
  const kept = was.filter((cell) => {
    const key = keyOf(cell);
    return key === undefined || wanted[key] || !isOn(key, cell);
  });
  const added = KEYS.filter((key) => wanted[key] && !now[key]);
  return [...kept, ...added.map((key) => `${NAMES[key]}=${key === "skipSenderCheck" ? 0 : 1}`)];
}

function keyOf(cell: string): keyof Properties | undefined {
  const [name] = cell.split("=");
  return KEYS.find((key) => NAMES[key] === name);
}

function isOn(key: keyof Properties, cell: string): boolean {
  const at = cell.indexOf("=");
  const value = at < 0 ? null : wholeNumber(cell.slice(at + 1));
  return key === "skipSenderCheck" ? value === 0 : value !== 0;
}
