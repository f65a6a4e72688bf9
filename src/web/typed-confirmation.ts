import { failField } from "../errors/error.ts";
import { sameName } from "../xmail/names.ts";

/** Destroying asks for the name once more, typed: `INVALID_INPUT` when it is not the same, case aside. */
export function requireTyped(form: URLSearchParams, name: string): void {
  if (sameName((form.get("confirm") ?? "").trim(), name)) return;
  failField("confirm", "confirm", "Type the name exactly.", name);
}
