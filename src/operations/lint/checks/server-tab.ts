import { rightSpelling } from "../../../settings/server-variables/catalogue.ts";
import { FILES } from "../../../tab/files.ts";
import { finding, fixBy, type LintFinding } from "../codes.ts";
import type { Facts } from "../facts.ts";

const LOGS_PASSWORDS = "Pop3LogPasswd";

/** Variables of `server.tab` that stop the server, betray secrets, or are not read. */
export async function checkServerTab({ server, domains }: Facts): Promise<LintFinding[]> {
  const variables = await server();
  const file = FILES.server.path;
  const found: LintFinding[] = [];
  if ((variables.get("RootDomain")?.value ?? "") === "") {
    const [first] = await domains();
    const fix =
      first === undefined
        ? null
        : fixBy("serverSetting.set", { set: [{ name: "RootDomain", value: first }] });
    found.push(finding("noRootDomain", { file, fix }));
  }
  const logged = variables.get(LOGS_PASSWORDS);
  const level = Number.parseInt(logged?.value ?? "0", 10);
  if (logged && level > 0) {
    const fix = fixBy("serverSetting.set", { set: [{ name: LOGS_PASSWORDS, value: "0" }] });
    const code = level > 1 ? "passwordsLogged" : "failedPasswordsLogged";
    found.push(finding(code, { file, line: logged.line, fix }));
  }
  for (const { name, value, line } of variables.values()) {
    const right = rightSpelling(name);
    if (right === null) continue;
    const set = variables.has(right) ? {} : { set: [{ name: right, value }] };
    const fix = fixBy("serverSetting.set", { ...set, unset: [name] });
    found.push(finding("misspelt", { file, line, values: { name, right }, fix }));
  }
  return found;
}
