import { Secret } from "../../errors/secret.ts";
import type { People } from "../../kernel/people.ts";
import { Type } from "../../kernel/schema.ts";

export const PasswordOnce = Type.Union([Type.String(), Type.Null()], {
  description: "The password that was made, shown this once; null where one was given",
  "x-shown-once": true,
});

/** The password given, or a new one with what is to be shown of it. */
export async function passwordFor(
  people: People,
  given: string | undefined,
): Promise<{ readonly password: Secret; readonly shown: string | null }> {
  if (given !== undefined) return { password: new Secret(given), shown: null };
  const password = await people.generatedPassword();
  return { password, shown: password.reveal() };
}
