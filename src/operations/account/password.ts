import { failField } from "../../errors/error.ts";
import { type AccountRef, addressOf, foldName } from "../../xmail/names.ts";

/** The first guesses of everyone who steals accounts: the name, the address, the domain, forwards and backwards. */
export function refuseGuessable(password: string, ref: AccountRef): void {
  const guess = foldName(password);
  const known = [ref.name, ref.domain, addressOf(ref)].map(foldName);
  const backwards = known.map((text) => [...text].reverse().join(""));
  if ([...known, ...backwards].includes(guess)) {
    failField("password", "guessable", "password: do not use the name of the account or its domain.");
  }
}
