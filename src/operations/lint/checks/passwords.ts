import { FILES } from "../../../tab/files.ts";
import { finding, type LintFinding } from "../codes.ts";
import type { Facts } from "../facts.ts";

const SHORTEST = 8;

/** Short passwords of those who may send without an account; only their length is looked at. */
export async function checkPasswords({ entries }: Facts): Promise<LintFinding[]> {
  return ((await entries(FILES.smtpAccounts)) ?? []).flatMap(({ line, cells: [name = "", password = ""] }) =>
    password.length < SHORTEST
      ? [finding("weakPassword", { file: FILES.smtpAccounts.path, line, values: { account: name } })]
      : [],
  );
}
