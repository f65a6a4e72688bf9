import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { newSecret } from "../../../adapters/cli/new-secret.ts";
import { askHidden, UsageError } from "../../../adapters/cli/terminal.ts";
import { fakeTerminal } from "./fake-terminal.ts";

function typing(...answers: string[]) {
  const questions: string[] = [];
  const askSecret = async (question: string) => {
    questions.push(question);
    return answers.shift() ?? "";
  };
  return { questions, terminal: { ...fakeTerminal(), interactive: true, askSecret } };
}

describe("a new secret", () => {
  test("is asked for twice", async () => {
    const { questions, terminal } = typing("Long-enough-1", "Long-enough-1");
    expect(await newSecret(undefined, "password", terminal)).toBe("Long-enough-1");
    expect(questions).toEqual(["password: ", "password again: "]);
  });

  test("is refused when the two differ", async () => {
    const { terminal } = typing("Long-enough-1", "Long-enough-2");
    await expect(newSecret(undefined, "password", terminal)).rejects.toThrow(/not the same/);
  });

  test("is the first line of a file or of standard input", async () => {
    const terminal = fakeTerminal({ files: { "/p": "from-file\nmore\n" }, input: "from-input\r\n" });
    expect(await newSecret("/p", "password", terminal)).toBe("from-file");
    expect(await newSecret("-", "password", terminal)).toBe("from-input");
  });

  test.each([
    ["/gone", /--password-file: \/gone cannot be read/],
    [undefined, /Give --password-file/],
  ])("from %s is wrong use", async (file, message) => {
    const refusal = newSecret(file, "password", fakeTerminal());
    await expect(refusal).rejects.toThrow(UsageError);
    await expect(refusal).rejects.toThrow(message);
  });
});

describe("the hidden question", () => {
  function asked() {
    const input = new PassThrough();
    const output = new PassThrough();
    return { input, output, answer: askHidden("password: ", input, output) };
  }

  test("takes what is typed and does not show it", async () => {
    const { input, output, answer } = asked();
    input.write("Long-enough-1\r");
    expect(await answer).toBe("Long-enough-1");
    expect(String(output.read())).toBe("password: \n");
  });

  test.each([
    ["Ctrl-D", "\u0004"],
    ["Ctrl-C", "\u0003"],
  ])("%s stops the command", async (_, key) => {
    const { input, answer } = asked();
    input.write(key);
    await expect(answer).rejects.toThrow(UsageError);
  });

  test("the end of the terminal stops the command", async () => {
    const { input, answer } = asked();
    input.end();
    await expect(answer).rejects.toThrow(UsageError);
  });
});
