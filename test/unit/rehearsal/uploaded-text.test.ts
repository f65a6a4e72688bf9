import { expect, test } from "vitest";
import { encodeRemoval, encodeUpload } from "../../../src/ctrl/upload.ts";
import { uploadedText } from "../../../src/rehearsal/uploaded-text.ts";

test.each(["a\n", "a\nb\n", ".\n", "..x\n.y\n", "\n", "caf\xe9\n"])("%j arrives as it was sent", (text) => {
  expect(uploadedText(encodeUpload(Buffer.from(text, "latin1")))).toBe(text);
});

test("nothing is nothing", () => {
  expect(uploadedText(encodeRemoval())).toBeNull();
});
