import type { AccountRow } from "../../xmail/accounts.ts";
import { type AccountRef, foldName } from "../../xmail/names.ts";
import { refuseRow } from "../bulk/bulk-import.ts";
import type { Column, ImportRow } from "../bulk/columns.ts";

/** Columns of account.import and account.export; export leaves the password out. */
export const COLUMNS = {
  address: { headings: ["email", "mail", "mail address", "メールアドレス", "アドレス"] },
  domain: { headings: ["ドメイン"] },
  name: {
    headings: ["account", "user", "user name", "アカウント", "アカウント名", "ユーザー名", "ユーザ名"],
  },
  password: { headings: ["パスワード"], asIs: true },
  kind: { headings: ["type", "種類", "種別"] },
  realName: { headings: ["full name", "display name", "氏名", "名前", "表示名"] },
  limitKB: { headings: ["MaxMBSize", "mailbox limit", "容量", "容量KB", "上限KB", "メールボックスの上限KB"] },
} as const satisfies Record<string, Column>;

export type AccountColumn = keyof typeof COLUMNS;
export type Line = ImportRow<AccountColumn>;

export const NEEDED: readonly (readonly AccountColumn[])[] = [["address"], ["domain", "name"]];

/** `domain` is what a line without one means. */
export function refOf({ values }: Line, domain = ""): AccountRef {
  const { address, name } = values;
  const at = address.lastIndexOf("@");
  if (address !== "" && at < 1 && domain === "") {
    refuseRow("address", "address", "address must be a full address.");
  }
  if (address !== "") {
    const whole =
      at < 1 ? { name: address, domain } : { name: address.slice(0, at), domain: address.slice(at + 1) };
    return { name: foldName(whole.name), domain: foldName(whole.domain) };
  }
  return { name: foldName(name), domain: foldName(values.domain === "" ? domain : values.domain) };
}

const KINDS: Readonly<Record<string, AccountRow["kind"]>> = {
  "": "user",
  user: "user",
  u: "user",
  ユーザー: "user",
  ユーザ: "user",
  メールボックス: "user",
  list: "list",
  m: "list",
  ml: "list",
  メーリングリスト: "list",
};

export function kindIn({ values }: Line): AccountRow["kind"] {
  const kind = values.kind.normalize("NFKC").toLowerCase();
  return Object.hasOwn(KINDS, kind)
    ? (KINDS[kind] ?? "user")
    : refuseRow("kind", "csv-kind", "kind must be user or list.");
}
