import { smtpAccess } from "../../operations/access/maps.ts";
import { accessMap } from "../parts/access-screens.ts";
import { rowPages } from "../rows/row-pages.ts";

export const smtpAccessRules = accessMap("smtp", smtpAccess);
export const smtpAccessPages = rowPages(smtpAccessRules);
