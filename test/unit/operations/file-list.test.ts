import { expect, test } from "vitest";
import { openSettings, WAYS } from "./settings-world.ts";

test.each(WAYS)("over %s the files of the server are listed, and those of a domain", async (mode) => {
  const { world } = await openSettings(mode);
  try {
    const paths = async (of: { domain?: string }) =>
      (await world.xmail.file.list(of)).items.map(({ path }) => path);
    const ofServer = await paths({});
    for (const path of ["server.tab", "smtprelay.tab", "domains.tab"]) expect(ofServer).toContain(path);
    await world.xmail.domainDefault.add({ domain: "example.com" });
    expect(await paths({ domain: "example.com" })).toContain("domains/example.com/userdef.tab");
  } finally {
    await world.close();
  }
});
