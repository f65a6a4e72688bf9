#!/usr/bin/env node
import { existsSync } from "node:fs";
import { CACHE_ENDING, cachedLoader } from "../node/code-cache.ts";
import type { CgiMain } from "./main.ts";

/** What web servers start. The program stands beside it, so that `xmailcfg warm` can put its compiled code there too. */
const PROGRAM = "xmailcfg-cgi.cjs";
const file = `${__dirname}/${PROGRAM}`;

const { main } = (
  existsSync(file + CACHE_ENDING) ? cachedLoader(__dirname, require).load(PROGRAM) : require(file)
) as { main: CgiMain };

void main();
