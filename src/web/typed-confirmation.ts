import { failField } from "../errors/error.ts";

/** Destroying asks for the name once more, typed: `INVALID_INPUT` when it is not the same, case aside. */
export function requireTyped(form: URLSearchParams, name: string): void {
  if ((form.get("confirm") ?? "").trim().toLowerCase() === name.toLowerCase()) return;
  failField("confirm", "confirm", "Type the name exactly.", name);
}
