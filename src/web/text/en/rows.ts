import type { RowWords } from "./rows/row-words.ts";
import { spamAddressWords } from "./rows/spam-address.ts";

const tables = {
  spamAddress: spamAddressWords,
} satisfies Record<string, RowWords>;

/** Values that can be chosen, by field, or by `noun field` where a table means something of its own by it. */
const values = {} satisfies Record<string, Record<string, string>>;

/** What the pages of all settings tables say; `{entry}` is `one` of the table. */
export const rowsWords = {
  rows: {
    add: "Add {entry}",
    changeTitle: "Change {entry}",
    removeTitle: "Remove this {entry}?",
    removeButton: "Remove",
    save: "Save",
    actions: "Actions",
    change: "Change",
    changeLabel: "Change {name}",
    remove: "Remove…",
    removeLabel: "Remove {name}",
    turnOff: "Switch off",
    turnOffLabel: "Switch {name} off",
    turnOn: "Switch on",
    turnOnLabel: "Switch {name} on",
    moveUpLabel: "Move {name} up",
    moveDownLabel: "Move {name} down",
    off: "Off",
    senseless: "XMail cannot read this",
    yes: "Yes",
    no: "No",
    notSet: "Not set",
    noMatch: "No entry contains “{text}”",
    tables,
  },
  values,
};
