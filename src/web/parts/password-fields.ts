import type { AnyOperation } from "../../kernel/operation.ts";
import { type Html, html } from "../html.ts";
import type { Frame } from "../page.ts";
import { field, operationField } from "./field.ts";

/** A new password, twice. The script adds buttons to show it and to suggest one; their words stand here. */
export function passwordFields(frame: Frame, operation: Pick<AnyOperation, "name" | "input">): Html {
  const { t } = frame;
  return html`<div class="flow" data-password="password" data-again="passwordAgain" data-show="${t.password.show}" data-hide="${t.password.hide}" data-suggest="${t.password.suggest}">
${operationField(frame, operation, "password")}
${field(frame, "passwordAgain", t.password.again, {
  help: t.password.againHelp,
  required: true,
  more: { type: "password", autocomplete: "new-password", maxlength: 200 },
})}</div>`;
}
