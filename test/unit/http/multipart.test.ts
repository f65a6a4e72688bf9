import { describe, expect, test } from "vitest";
import { multipartForm } from "../../../src/http/multipart.ts";
import { pictureIn } from "../../../src/kernel/picture.ts";

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

  test("gives pictures by what they are, and never SVG", async () => {
    const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 1, 0xff]);
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>x</script></svg>';
    const { type, body } = await sent([
      ["logo", new File([png], "a.svg", { type: "image/svg+xml" })],
      ["other", new File([svg], "b.png", { type: "image/png" })],
      ["gif", new File(["GIF89a\0"], "c.txt")],
    ]);
    expect([...multipartForm(type, body)]).toEqual([
      ["logo", `data:image/png;base64,${Buffer.from(png).toString("base64")}`],
      ["other", svg],
      ["gif", `data:image/gif;base64,${Buffer.from("GIF89a\0").toString("base64")}`],
    ]);
    for (const bad of [svg, "data:image/svg+xml;base64,PHN2Zz4=", "data:image/png;base64,PHN2Zz4=", ""]) {
      expect(pictureIn(bad)).toBe(null);
    }
    expect(pictureIn(`data:image/png;base64,${Buffer.from(png).toString("base64")}`)).toMatchObject({
      type: "image/png",
    });
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
