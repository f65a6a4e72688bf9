import { encodePassword } from "../../src/crypto/password-code.ts";

/** The ways in which a text can still be read. */
function formsOf(text: string): readonly string[] {
  const shifted = [0, 1, 2].map((n) =>
    Buffer.from("x".repeat(n) + text)
      .toString("base64")
      .slice(n === 0 ? 0 : 4, -4),
  );
  return [
    text,
    [...text].reverse().join(""),
    ...shifted,
    Buffer.from(text).toString("hex"),
    [...text].map((one) => `%${one.charCodeAt(0).toString(16)}`).join(""),
    Buffer.from(text, "utf16le").toString("latin1"),
  ];
}

/** Places in which one of the secrets can be read, other than those in which XMail itself keeps it, plain or coded. */
export function readableIn(
  sinks: Readonly<Record<string, string>>,
  secrets: readonly string[],
  { plain, coded }: { readonly plain: RegExp; readonly coded: RegExp },
): string[] {
  return secrets.flatMap((secret) => {
    const inCode = encodePassword(secret);
    const forms = formsOf(secret);
    return Object.entries(sinks).flatMap(([place, text]) => [
      ...forms.filter((form) => text.includes(form) && !plain.test(place)).map((form) => `${place}: ${form}`),
      ...(text.includes(inCode) && !coded.test(place) ? [`${place}: in XMail's coding`] : []),
    ]);
  });
}
