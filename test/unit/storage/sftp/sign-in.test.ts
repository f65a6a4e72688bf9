import type { AnyAuthMethod } from "ssh2";
import { describe, expect, test } from "vitest";
import { Secret } from "../../../../src/errors/secret.ts";
import { signIn } from "../../../../src/storage/sftp/sign-in.ts";

const password = new Secret("pass");
const base = { host: "mail.example", user: "mail", hostKey: "", root: "/" };

/** What is tried, in this order, on a server that takes these ways and lets nobody in. */
function tried(options: Parameters<typeof signIn>[0], takes: readonly string[]): string[] {
  const found: string[] = [];
  const ask = signIn(options);
  const next = ({ type }: AnyAuthMethod) => void found.push(type);
  for (let turn = 0; turn < 9 && ask(turn === 0 ? null : takes, false, next) !== false; turn += 1);
  return found;
}

describe("signing in", () => {
  const all = { ...base, password, privateKey: new Secret("key"), agent: "/agent" };

  test("asks what the server takes, then offers each once", () => {
    const ways = ["publickey", "password", "keyboard-interactive"];
    expect(tried(all, ways)).toEqual(["none", "publickey", "agent", "password", "keyboard-interactive"]);
    expect(tried(all, ["publickey"])).toEqual(["none", "publickey", "agent"]);
    expect(tried({ ...base, password }, ["publickey"]), "the password stays here").toEqual(["none"]);
    expect(tried({ ...base, password }, ["keyboard-interactive"])).toEqual(["none", "keyboard-interactive"]);
    expect(tried(base, ways)).toEqual(["none"]);
  });

  test("the password is told once, to one hidden question", () => {
    const ask = (rounds: readonly { echo?: boolean }[][]) => {
      let answers: string[][] = [];
      const handler = signIn({ ...base, password });
      const next = (method: AnyAuthMethod) => {
        if (method.type === "keyboard-interactive")
          answers = rounds.map((round) => answered(method.prompt, round));
      };
      handler([], false, next);
      handler(["keyboard-interactive"], false, next);
      return answers;
    };
    expect(ask([[{ echo: false }]])).toEqual([["pass"]]);
    expect(ask([[{ echo: false }], [{ echo: false }]])).toEqual([["pass"], [""]]);
    expect(ask([[{ echo: true }]])).toEqual([[""]]);
    expect(ask([[{ echo: false }, { echo: false }]])).toEqual([["", ""]]);
  });
});

type Prompter = Extract<AnyAuthMethod, { type: "keyboard-interactive" }>["prompt"];

function answered(prompt: Prompter, round: readonly { echo?: boolean }[]): string[] {
  let given: string[] = [];
  const prompts = round.map((one) => ({ prompt: "Password: ", ...one }));
  prompt("", "", "", prompts, (answers) => {
    given = answers;
  });
  return given;
}
