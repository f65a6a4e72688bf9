import { expect, test } from "vitest";
import { GALLERY } from "./gallery.ts";
import { render } from "./gallery-frame.ts";

async function drawn(name: string): Promise<string> {
  const found = GALLERY.find((one) => one.name === `mail-trace/${name}`) ?? expect.unreachable();
  return render(found, { language: "en", theme: "light" });
}

test("messages of the queue lead to their page for who may open it, and are told to others", async () => {
  const subject =
    /\/queue\/messages\/[^"]+">([^<]+)</.exec(await drawn("found"))?.[1] ?? expect.unreachable();
  const others = await drawn("one-domain");
  expect(others).toContain(subject);
  expect(others).not.toContain("/queue/messages/");
});

test("a subject is asked for where somebody may see the queue: no log has it", async () => {
  expect(await drawn("ask")).toContain('name="subject"');
  expect(await drawn("one-domain")).toContain('name="subject"');
  expect(await drawn("logs-only")).not.toContain('name="subject"');
});
