import { describe, expect, test } from "vitest";
import { forward } from "../../../src/operations/forward/forward.ts";
import { smtpCheck } from "../../../src/operations/smtp-check/smtp-check.ts";
import { schemaField } from "../../../src/web/parts/schema-field.ts";
import { inputOfForm } from "../../../src/web/schema-input.ts";
import { LANGUAGES } from "../../../src/web/text/language.ts";

const frame = { t: LANGUAGES.en, refusal: null } as unknown as Parameters<typeof schemaField>[0];

describe("groups of fields", () => {
  const read = (form: Record<string, string>) =>
    inputOfForm(forward.add, ["gateways"], new URLSearchParams(form))["gateways"];

  test("come in their order; empty ones are left out, numbers are numbers", () => {
    expect(
      read({
        "gateways.10.host": "last",
        "gateways.0.host": " mx.example.com ",
        "gateways.0.port": "５８７",
        "gateways.0.needTls": "required",
        "gateways.0.outBind": "",
        "gateways.1.host": "",
        "gateways.1.port": "",
        "gateways.1.needTls": "",
      }),
    ).toEqual([{ host: "mx.example.com", port: 587, needTls: "required" }, { host: "last" }]);
  });

  test("one that is filled in by half is kept, so that the refusal can say so", () => {
    expect(read({ "gateways.0.host": "", "gateways.0.port": "x" })).toEqual([{ host: "", port: "x" }]);
    expect(read({ "gatewaysx.0.host": "a", "gateways.a.host": "b", gateways: "c" })).toEqual([]);
  });

  test("show what there is, and room for more", () => {
    const shown = String(schemaField(frame, forward.add, "gateways", [{ host: "mx", port: 26 }]));
    expect(shown).toContain('name="gateways.0.host" value="mx"');
    expect(shown).toContain('name="gateways.0.port" value="26"');
    expect(shown).toContain('name="gateways.1.host"');
    expect(shown).not.toContain('name="gateways.2.host"');
  });
});

describe("arguments", () => {
  test.each([[[]], [["a"]], [["", "a"]], [["a", ""]], [["", ""]], [[" two  words ", "", "$(FILE)"]]])(
    "%j come back from the form as they were",
    (given) => {
      const shown = String(schemaField(frame, smtpCheck.add, "arguments", given));
      const inside = /<textarea[^>]*>([^<]*)<\/textarea>/.exec(shown)?.[1] ?? "";
      // A parser drops the first line end; a browser sends CRLF.
      const sent = inside.replace(/^\n/, "").replaceAll("\n", "\r\n");
      const form = new URLSearchParams({ arguments: sent });
      expect(inputOfForm(smtpCheck.add, ["arguments"], form)).toEqual({ arguments: given });
    },
  );
});
