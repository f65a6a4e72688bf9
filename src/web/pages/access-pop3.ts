import { pop3Access } from "../../operations/access/maps.ts";
import { accessMap } from "../parts/access-screens.ts";
import { rowPages } from "../rows/row-pages.ts";

export const pop3AccessRules = accessMap("pop3", pop3Access);
export const pop3AccessPages = rowPages(pop3AccessRules);
