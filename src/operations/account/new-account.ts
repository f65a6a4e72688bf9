import { failField } from "../../errors/error.ts";
import { Secret } from "../../errors/secret.ts";
import { encodeWords } from "../../settings/encoded-words.ts";
import type { NewAccountWithVariables } from "../../xmail/accounts.ts";
import type { AccountRef } from "../../xmail/names.ts";
import { refuseGuessable } from "./password.ts";
import { refuseUnwritable } from "./variable-rules.ts";

const LONGEST_NAME = 400;

interface Wanted extends AccountRef {
  readonly kind: "user" | "list";
  readonly password: string;
  readonly realName: string;
}

/** What the schema cannot say of a new account. `INVALID_INPUT`. */
export function newAccount({ realName, password, ...row }: Wanted): NewAccountWithVariables {
  refuseGuessable(password, row);
  const words = encodeWords(realName);
  if (words.length > LONGEST_NAME) {
    failField("realName", "maxLength", "realName is too long.", LONGEST_NAME);
  }
  refuseUnwritable("realName", realName);
  const variables = new Map(realName === "" ? [] : [["RealName", words]]);
  return { ...row, password: new Secret(password), variables };
}
