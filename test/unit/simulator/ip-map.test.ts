import { expect, test } from "vitest";
import { isAllowed } from "../../../src/simulator/ip-map.ts";
import { openMailRoot } from "../../../src/simulator/root.ts";
import { memory } from "../../../src/storage/memory.ts";
import { storagePath } from "../../../src/storage/path.ts";

async function allows(map: string, peer: string): Promise<boolean> {
  const storage = memory();
  await storage.write(storagePath("ctrl.ipmap.tab"), Buffer.from(map));
  return isAllowed(await openMailRoot(storage, () => new Date()), peer);
}

const ALL = '"0.0.0.0"\t"0.0.0.0"';

test.each([
  ["", "192.0.2.1", true],
  [`${ALL}\t"DENY"\t1\n`, "192.0.2.1", false],
  [`${ALL}\t"DENY"\n`, "192.0.2.1", true],
  [`#${ALL}\t"DENY"\t1\n`, "192.0.2.1", true],
  [`${ALL}\t"ALLOW"\t2\n${ALL}\t"DENY"\t1\n`, "192.0.2.1", true],
  [`${ALL}\t"ALLOW"\t1\n${ALL}\t"DENY"\t1\n`, "192.0.2.1", false],
  [`${ALL}\t"allow"\t1\n`, "192.0.2.1", true],
  [`${ALL}\t"DENY"\t1\n`, "2001:db8::1", true],
  ['"192.0.2.0"\t"255.255.255.0"\t"DENY"\t1\n', "192.0.3.1", true],
  ['"192.0.2.0/24"\t"-"\t"DENY"\t1\n', "192.0.2.9", false],
  ['"2001:db8::/32"\t"-"\t"DENY"\t1\n', "2001:db8::1", false],
  ['"::/0"\t"-"\t"DENY"\t1\n', "192.0.2.9", false],
])("%j lets %s in: %s", async (map, peer, allowed) => {
  expect(await allows(map, peer)).toBe(allowed);
});
