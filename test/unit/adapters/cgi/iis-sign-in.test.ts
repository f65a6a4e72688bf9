import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type CgiEnvironment, requestFromEnv } from "../../../../adapters/cgi/request-from-env.ts";
import type { FetchHandler } from "../../../../src/http/types.ts";
import { libraryOver } from "../../../../src/library.ts";
import { createPanel } from "../../../../src/panel.ts";
import type { WebServerSignIn } from "../../../../src/sign-in/web-server.ts";
import { openState } from "../../../../src/state/state.ts";
import { memory } from "../../../../src/storage/memory.ts";
import { openTabBackend } from "../../../../src/tab/backend.ts";
import { testRoot } from "../../tab/mail-root.ts";

const FOLDER = fileURLToPath(new URL("../../../fixtures/cgi", import.meta.url));

function recorded(name: string): CgiEnvironment {
  return JSON.parse(readFileSync(`${FOLDER}/${name}.json`, "utf8")).environment;
}

async function panelWith(signInBy?: WebServerSignIn): Promise<FetchHandler> {
  const { storage } = await testRoot({}, { domain: "example.com" });
  const state = await openState(memory());
  await state.addAdministrator({ name: "hana", password: "Quiet-river-1977" });
  await state.addAdministrator({ name: "ken", password: "Quiet-river-1977" });
  const xmail = libraryOver(await openTabBackend({ storage }));
  return createPanel(xmail, {
    state,
    allowedHosts: ["mail.example.com"],
    ...(signInBy ? { signInBy } : {}),
  });
}

/** The first page as IIS would ask the CGI program for it; who is greeted there, or the status. */
async function who(panel: FetchHandler, environment: CgiEnvironment): Promise<string> {
  const asked = { ...environment, HTTP_ACCEPT: "text/html", PATH_INFO: "/panel/xmailcfg.cgi/me" };
  const { request, peer } = requestFromEnv(asked, () => new ReadableStream(), "win32");
  const response = await panel(request, peer);
  if (response.status !== 200) return String(response.status);
  const page = await response.text();
  return ["hana", "ken"].find((name) => page.includes(`<bdi>${name}</bdi>`)) ?? "nobody";
}

const WINDOWS = recorded("iis-signed-in-by-windows");
const BASIC = recorded("iis-auth-user-alone");
const ANONYMOUS = recorded("iis-https-off");
const signIns: Record<string, WebServerSignIn> = {
  mapped: { variable: "AUTH_USER", users: [{ name: "mail\\hana", person: "hana" }] },
  stripped: { variable: "AUTH_USER", stripDomain: true },
  plain: { variable: "AUTH_USER" },
};

describe("a sign-in by IIS", () => {
  test.each<[string, keyof typeof signIns, CgiEnvironment, string]>([
    ["Windows' name, whatever its case, by the map", "mapped", WINDOWS, "hana"],
    ["Windows' name without its domain", "stripped", WINDOWS, "hana"],
    ["Windows' whole name, which nobody has here", "plain", WINDOWS, "303"],
    ["the name of Basic authentication in AUTH_USER alone", "plain", BASIC, "hana"],
    [
      "another domain, by the map",
      "mapped",
      { ...WINDOWS, AUTH_USER: "EVIL\\hana", REMOTE_USER: "EVIL\\hana" },
      "303",
    ],
    ["an address as name", "stripped", { ...WINDOWS, REMOTE_USER: "ken@office.example" }, "ken"],
    ["a browser that IIS let in without a name", "stripped", ANONYMOUS, "303"],
    [
      "LOGON_USER alone: it may be the account the program runs as",
      "plain",
      { ...ANONYMOUS, LOGON_USER: "hana" },
      "303",
    ],
    [
      "headers that look like variables",
      "plain",
      { ...ANONYMOUS, HTTP_AUTH_USER: "hana", HTTP_REMOTE_USER: "hana" },
      "303",
    ],
    ["two names in one", "plain", { ...BASIC, AUTH_USER: "hana,ken" }, "303"],
  ])("%s", async (_, how, environment, expected) => {
    expect(await who(await panelWith(signIns[how]), environment)).toBe(expected);
  });

  test("counts for nothing where the panel was not told to believe it", async () => {
    expect(await who(await panelWith(), WINDOWS)).toBe("303");
  });
});
