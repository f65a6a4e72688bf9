import { failField } from "../../errors/error.ts";
import { type Html, html } from "../html.ts";
import type { Frame } from "../page.ts";
import { attributes } from "../parts/attributes.ts";
import { check, fieldMarks, fieldWords, wrapped } from "../parts/field.ts";
import { fieldId } from "../parts/flash.ts";

export const LOGO = "doorLogo";
const REMOVE = "removeLogo";
/** Characters of a picture as text: 100 kB. */
const LONGEST = 140_000;

/** A picture is chosen from a file; the one that is there stays while none is chosen. */
export function logoField(frame: Frame, operation: string, stored: unknown): Html {
  const { t, refusal } = frame;
  const { label, help } = fieldWords(t, operation, LOGO);
  const all = {
    type: "file",
    id: fieldId(LOGO),
    name: LOGO,
    accept: "image/png,image/jpeg,image/webp,image/gif",
    ...fieldMarks(frame, LOGO, true),
  };
  // What was chosen before the form came back cannot be put into the field again.
  const chosen = refusal?.values.get(LOGO) ?? "";
  const kept = chosen.startsWith("data:image/") && chosen.length <= LONGEST ? chosen : "";
  const held = typeof stored === "string" && stored !== "";
  const removing = refusal?.values.get(REMOVE) === "true";
  return wrapped(frame, LOGO, label, {
    help,
    optional: true,
    control: html`<input${attributes(all)}>${kept !== "" && html`<input type="hidden" name="${LOGO}" value="${kept}"><p class="small">${t.personForm.logoChosen}</p>`}${held && check("checkbox", REMOVE, "true", t.personForm.logoRemove, removing)}`,
  });
}

/** The picture that a form asks for: another one, none, or `null` for the one that is there. */
export function logoIn(form: URLSearchParams): string | null {
  const chosen = form.get(LOGO) ?? "";
  if (chosen.length > LONGEST) failField(LOGO, "picture-size", `${LOGO} is larger than 100 kB.`);
  if (chosen !== "") return chosen;
  return form.get(REMOVE) === "true" ? "" : null;
}
