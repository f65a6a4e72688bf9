import { smtpCheck } from "../../operations/smtp-check/smtp-check.ts";
import { html } from "../html.ts";
import { notice } from "../parts/flash.ts";
import { pathWarning, programCell } from "../parts/program-words.ts";
import { rowPages } from "../rows/row-pages.ts";
import type { RowScreens } from "../rows/row-screens.ts";

export const signInPrograms: RowScreens = {
  operations: { ...smtpCheck, move: undefined },
  path: "/sign-in-programs",
  words: "smtpCheck",
  columns: ["method", "program", "arguments"],
  cell: programCell,
  above: (frame, data) =>
    html`${data.page.total > 0 && notice("warn", frame.t.sending.ownMethods)}${pathWarning(frame, data.page.items)}`,
};

export const signInProgramPages = rowPages(signInPrograms);
