import { fail, local, openXMail, type StoragePath, type XMail } from "../../../src/index.ts";

declare const xmail: XMail;

export const noPassword = xmail.account.add({ domain: "example.com", name: "hana" }); // refused
export const noInput = xmail.account.get(); // refused
export const misspelt = xmail.account.list({ serach: "h" }); // refused
export const noVerb = xmail.account.destroy({ domain: "example.com" }); // refused
export const plainPath: StoragePath = "mailusers.tab"; // refused
export const noWay = openXMail({ storage: local("/var/MailRoot") }); // refused
export const unknownCode = () => fail("NO_SUCH_CODE"); // refused
