import { expect, test } from "vitest";
import { COMMANDS, secretOf } from "../../../src/ctrl/commands.ts";
import { shownCommand } from "../../../src/ctrl/shown-command.ts";
import { encodeCommand } from "../../../src/ctrl/wire.ts";

const args = (...values: string[]) => values.map((value, at) => ({ name: `a${at}`, value }));

test("a command is shown without its secret", () => {
  const command = encodeCommand("useradd", args("example.com", "hana", "pw 1", "U"));
  expect(shownCommand(command)).toBe('useradd "example.com" "hana" *** "U"');
  expect(shownCommand(encodeCommand("domainlist"))).toBe("domainlist");
});

test("every command that carries a password hides it", () => {
  const places = Object.keys(COMMANDS).flatMap((word) => {
    const at = secretOf(word as keyof typeof COMMANDS);
    return at === null ? [] : [[word, at]];
  });
  expect(places).toEqual([
    ["useradd", 2],
    ["userpasswd", 2],
    ["userauth", 2],
    ["poplnkadd", 4],
  ]);
});
