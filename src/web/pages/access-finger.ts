import { fingerAccess } from "../../operations/access/maps.ts";
import { accessMap } from "../parts/access-screens.ts";
import { rowPages } from "../rows/row-pages.ts";

export const fingerAccessRules = accessMap("finger", fingerAccess);
export const fingerAccessPages = rowPages(fingerAccessRules);
