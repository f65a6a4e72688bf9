import { expect, test } from "vitest";
import { AppError } from "../../../src/errors/error.ts";
import { invoke } from "../../../src/kernel/invoke.ts";
import { accountAdd } from "../../../src/operations/account/add.ts";
import { callOn } from "../../table/call.ts";
import { recordingBackend } from "../../table/recording-backend.ts";

const INPUT = { domain: "example.com", name: "mei", password: "Long-enough-1", realName: "Mei" };

test("an account that cannot get its name is taken back, and the refusal is the one that stopped it", async () => {
  const { backend, touches } = recordingBackend();
  const setVariables = () => Promise.reject(new AppError("XMAIL_TIMEOUT"));
  const failing = { ...backend, accounts: { ...backend.accounts, setVariables } };
  await expect(invoke(accountAdd, callOn(failing), INPUT)).rejects.toMatchObject({ code: "XMAIL_TIMEOUT" });
  expect(touches.map(({ method }) => method)).toEqual(["accounts.add", "accounts.remove"]);
});

test("an account that gets its name stays", async () => {
  const { backend, touches } = recordingBackend();
  await invoke(accountAdd, callOn(backend), INPUT);
  expect(touches.map(({ method }) => method)).toEqual(["accounts.add", "accounts.setVariables"]);
});
