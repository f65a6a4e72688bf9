import { setFlagsFromString } from "node:v8";

/** Releases whose V8 knows the flag; others would complain of it in the web server's log. */
const KNOWN = /^v2[024]\./;

/**
 * For a process that answers once: V8 optimizes only what runs fifteen times as long as usual. Code for later calls
 * that never come took a fifth of the processor time of a page. Compiled code counts with the flags it was made under,
 * so whoever keeps some for such a process calls this too.
 */
export function prepareForShortLife(): void {
  if (KNOWN.test(process.version)) setFlagsFromString("--interrupt-budget=1000000");
}
