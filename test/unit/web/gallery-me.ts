import { Secret } from "../../../src/errors/secret.ts";
import { mePage } from "../../../src/web/pages/me.ts";
import { meAppConfirmPage, meAppPage, meAppRemovePage } from "../../../src/web/pages/me-app.ts";
import { meCodesPage } from "../../../src/web/pages/me-codes.ts";
import { mePasskeyRemovePage, mePasskeysPage } from "../../../src/web/pages/me-passkeys.ts";
import { mePasswordPage } from "../../../src/web/pages/me-password.ts";
import { enrolPage, secondStepPage } from "../../../src/web/pages/second-step.ts";
import { questionScreen } from "../../../src/web/prove-again.ts";
import { qrSquares } from "../../../src/web/qr-code.ts";
import { type Exhibit, exhibit, exhibitOf, refused } from "./gallery-frame.ts";

const KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const PASSKEY = { how: "show", options: "{}", challenge: "concealed" } as const;
const BEGUN = {
  secret: new Secret(KEY),
  squares: qrSquares(`otpauth://totp/mail1.example.com:sato?issuer=mail1.example.com&secret=${KEY}`),
  kept: "concealed",
};
const ME = {
  id: "adm_0123456789abcdef",
  name: "sato",
  fullName: "佐藤 一郎",
  role: "master",
  language: "",
  lastSignInAt: new Date(2026, 10, 23, 18, 2).toISOString(),
  validUntil: "2027-03-31",
  networks: ["192.0.2.0/24", "2001:db8::/32"],
  authenticator: true,
  recoveryLeft: 9,
  passkeys: [
    {
      id: "a",
      name: "Laptop with a very long name that somebody typed in full so that it goes on",
      createdAt: new Date(2026, 9, 2, 8, 0).toISOString(),
      lastUsedAt: "",
    },
  ],
  demanded: true,
} as const;
const mine = { ...ME, networks: [...ME.networks], passkeys: ME.passkeys.map((one) => ({ ...one })) };
const CODES = Array.from(
  { length: 10 },
  (_, n) => new Secret(`7KQM-2XWP-ABCD-EFG${n}`.replace(/[01]$/, "Z")),
);
const stranger = { actor: null } as const;

export const ME_EXHIBITS: readonly Exhibit[] = [
  exhibit("me/all", mePage, mine),
  exhibit("me/none", mePage, {
    ...mine,
    authenticator: false,
    recoveryLeft: 0,
    passkeys: [],
    demanded: false,
  }),
  exhibit("me/no-recovery", mePage, { ...mine, recoveryLeft: 0 }),
  exhibit("me/owner", mePage, { ...mine, role: "owner", name: "hana@example.com", passkeys: [] }),
  exhibit("me-password/empty", mePasswordPage, { name: "sato" }),
  exhibit(
    "me-password/refused",
    mePasswordPage,
    { name: "sato" },
    { refusal: refused("INVALID_INPUT", [{ field: "currentPassword", rule: "not-current" }]) },
  ),
  exhibit("me-app/introduction", meAppPage, { replaces: true }),
  exhibit("me-app/begun", meAppPage, BEGUN),
  exhibit("me-app/wrong", meAppConfirmPage, BEGUN, {
    refusal: refused("INVALID_INPUT", [{ field: "code", rule: "wrong-code" }]),
  }),
  exhibit("me-app/too-old", meAppConfirmPage, null),
  exhibit("me-app/codes", meAppConfirmPage, { codes: CODES, file: "concealed" }),
  exhibit("me-app/enrolling", meAppPage, BEGUN, stranger),
  exhibit("me-app/enrolled", meAppConfirmPage, { codes: CODES, file: null }, stranger),
  exhibit("me-app-remove/question", meAppRemovePage, null),
  exhibit("me-codes/question", meCodesPage, null),
  exhibit("me-passkeys/add", mePasskeysPage, { ...PASSKEY, how: "make" }),
  exhibit("me-passkeys/nowhere", mePasskeysPage, null),
  exhibit("me-passkeys/remove", mePasskeyRemovePage, { id: "a", name: "Laptop" }),
  exhibit("second-step/both", secondStepPage, { next: "/", passkey: PASSKEY }, stranger),
  exhibit(
    "second-step/wrong",
    secondStepPage,
    { next: "/", passkey: null },
    {
      ...stranger,
      refusal: refused("INVALID_INPUT", [{ field: "code", rule: "wrong" }]),
    },
  ),
  exhibit("enrol/choice", enrolPage, null, stranger),
  exhibitOf(
    "prove-again/both",
    "/me/codes",
    questionScreen({ path: "/me/codes", kept: "concealed", code: true, passkey: PASSKEY, wrong: true }),
  ),
];
