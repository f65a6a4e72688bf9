import { readFileSync } from "node:fs";
import type { Asset } from "../http/types.ts";

/** The files of the panel's look. The build puts their text in place of `readFileSync`, so a bundle reads no files. */
export const ASSETS: readonly Asset[] = [
  {
    name: "app.css",
    type: "text/css; charset=utf-8",
    bytes: encoded(readFileSync(new URL("./assets/app.css", import.meta.url), "utf8")),
  },
  {
    name: "app.js",
    type: "text/javascript; charset=utf-8",
    bytes: encoded(readFileSync(new URL("./assets/app.js", import.meta.url), "utf8")),
  },
  {
    name: "icon.svg",
    type: "image/svg+xml",
    bytes: encoded(readFileSync(new URL("./assets/icon.svg", import.meta.url), "utf8")),
  },
];

function encoded(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
