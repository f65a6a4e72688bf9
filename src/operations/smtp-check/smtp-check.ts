import { failField } from "../../errors/error.ts";
import { Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { FILES } from "../../tab/files.ts";
import { foldName } from "../../xmail/names.ts";
import { programCells, programFields, programOf, refuseNewPrograms } from "../program-fields.ts";
import { fitting } from "../rows/fitting.ts";
import { rowOperations } from "../rows/row-operations.ts";

const AuthMethod = Type.String({
  minLength: 1,
  maxLength: 64,
  pattern: "^[A-Za-z0-9][A-Za-z0-9_\\-]*$",
  description: "Name of the method as AUTH offers it: PLAIN, LOGIN, CRAM-MD5, or one of your own",
  "x-rule": "auth-method",
});

const fields = { method: AuthMethod, ...programFields };
const TYPED = "replace";

/** `smtpextauth.tab`: programs that check SMTP passwords. With any entry, XMail's own methods are gone. */
export const smtpCheck = rowOperations({
  noun: "smtpCheck",
  one: "sign-in program",
  many: "sign-in programs",
  http: "/smtp-sign-in-programs",
  format: FILES.smtpExternalAuth,
  key: {},
  fields,
  secrets: [],
  switchable: true,
  target: () => SERVER,
  place: () => FILES.smtpExternalAuth.path,
  read: ([method, ...rest]) => {
    const program = programOf(rest);
    return program && fitting(fields, { method, ...program });
  },
  write: ({ method, ...program }) => [method, ...programCells(program)],
  keyOf: ({ method }) => foldName(method),
  guard(_, { before, after, confirm }) {
    refuseNewPrograms(before, after);
    if (before.length === 0 && after.length > 0 && confirm !== TYPED) {
      failField(
        "confirm",
        "confirm",
        "This replaces XMail's own methods: mail accounts sign in to SMTP by this program only.",
        TYPED,
      );
    }
  },
});
