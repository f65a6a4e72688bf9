import { describe, expect, test } from "vitest";
import { multipartForm } from "../../../src/http/multipart.ts";

async function sent(parts: readonly (readonly [string, string | File])[]) {
  const form = new FormData();
  for (const [name, value] of parts) form.append(name, value);
  const request = new Request("http://x.test/", { method: "POST", body: form });
  const body = new Uint8Array(await request.arrayBuffer());
  return { type: request.headers.get("content-type") ?? "", body };
}

describe("a form with files", () => {
  test("gives its fields and the text of its files, in whatever letters", async () => {
    const sjis = new File([new Uint8Array([0x8e, 0x81, 0x96, 0xbc])], "氏名.csv");
    const { type, body } = await sent([
      ["csrf", "token"],
      ["name", "花\r\n--x"],
      ["file", sjis],
      ["none", new File([], "")],
    ]);
    expect([...multipartForm(type, body)]).toEqual([
      ["csrf", "token"],
      ["name", "花\r\n--x"],
      ["file", "氏名"],
    ]);
  });

  test("that is damaged or holds no text is refused", async () => {
    const { type, body } = await sent([["a", "b"]]);
    const code = (work: () => unknown) => {
      try {
        return work();
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    for (const cut of [1, 20, body.length - 10]) {
      expect(code(() => multipartForm(type, body.subarray(0, cut)))).toBe("MALFORMED_BODY");
    }
    expect(code(() => multipartForm("multipart/form-data", body))).toBe("MALFORMED_BODY");
    const picture = await sent([["file", new File([new Uint8Array([0, 1, 2])], "a.png")]]);
    expect(code(() => multipartForm(picture.type, picture.body))).toBe("MALFORMED_BODY");
  });
});
