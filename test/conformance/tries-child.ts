import { countsOnStorage } from "../../src/state/tries/on-storage.ts";
import { triesOver } from "../../src/state/tries/tries-over.ts";
import { local } from "../../src/storage/local.ts";
import { KEY } from "./tries-key.ts";

/** `folder tries time`: so many tries at once for one name, as a process for each request makes them. */
const [folder = "", many = "0", time = "0", begin = "0"] = process.argv.slice(2);
const tries = triesOver(countsOnStorage(local(folder)), { key: async () => KEY });
console.log("ready");
await new Promise((resolve) => setTimeout(resolve, Math.max(0, Number(begin) - Date.now())));
const begun = await Promise.all(
  Array.from({ length: Number(many) }, (_, index) =>
    tries.begin(
      { name: "sato", address: `10.${process.pid & 255}.${index}.1`, device: null },
      new Date(Number(time)),
    ),
  ),
);
console.log(`allowed ${begun.filter(({ allowed }) => allowed).length}`);
