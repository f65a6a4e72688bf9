import { expect, test } from "vitest";
import { type CtrlProbe, checkCtrl } from "../../../src/check/ctrl.ts";
import { AppError, fail } from "../../../src/errors/error.ts";

const probe: CtrlProbe = {
  transport: "tls",
  greet: async () => ({ challenge: `<${seconds()}.7@127.0.0.1>`, version: "XMail 1.27" }),
  domains: async () => ["example.com", "example.org"],
};
const seconds = () => Math.floor(Date.now() / 1000);
const found = async (changes: Partial<CtrlProbe>) =>
  (await checkCtrl({ ...probe, ...changes })).map((one) => one.found);

test("a server as it should be", async () => {
  const findings = await checkCtrl(probe);
  expect(findings.map((one) => one.found)).toEqual([
    "ctrlAnswers",
    "signedIn",
    "lineEncrypted",
    "versionKnown",
    "ctrlLists",
    "clockEqual",
  ]);
  expect(findings[4]?.values).toEqual({ count: "2" });
});

test("an hour of difference between the clocks, read off the greeting", async () => {
  const greet = async () => ({ challenge: `<${seconds() - 3600}.7@127.0.0.1>`, version: "XMail 1.27" });
  const clock = (await checkCtrl({ ...probe, greet })).at(-1);
  expect(clock?.found).toBe("clockDiffers");
  expect(Number(clock?.values["seconds"])).toBeCloseTo(3600, -1);
});

test("a greeting without a time tells of no clock", async () => {
  const greet = async () => ({ challenge: "<abc@127.0.0.1>", version: "XMail 1.27" });
  expect(await found({ greet })).not.toContain("clockEqual");
});

test("another version, and a line that others can read", async () => {
  const greet = async () => ({ challenge: "<>", version: "XMail 1.28" });
  const keys = await found({ greet, transport: "clear" });
  expect(keys).toEqual(expect.arrayContaining(["versionOther", "lineClear"]));
});

test("a server that does not list its domains", async () => {
  expect(await found({ domains: async () => fail("XMAIL_REFUSED") })).toContain("ctrlRefuses");
});

test.each([
  ["XMAIL_UNREACHABLE", "ctrlSilent"],
  ["XMAIL_TIMEOUT", "ctrlLate"],
  ["XMAIL_BUSY", "ctrlBusy"],
  ["XMAIL_PROTOCOL", "ctrlNotXMail"],
  ["XMAIL_TLS", "ctrlTlsFailed"],
  ["XMAIL_REFUSED", "ctrlFailed"],
] as const)("%s is %s, and no more is tried", async (code, key) => {
  const domains = async () => expect.fail("asked all the same");
  expect(await found({ greet: async () => fail(code), domains })).toEqual([key]);
});

test("a refusal by address is not one by password", async () => {
  const refusal = (xmailCode: number) => async () => {
    throw new AppError("XMAIL_LOGIN_REFUSED", undefined, { internal: { xmailCode } });
  };
  expect(await found({ greet: refusal(130) })).toEqual(["ctrlAddressRefused"]);
  expect(await found({ greet: refusal(105) })).toEqual(["ctrlAnswers", "signInRefused"]);
});
