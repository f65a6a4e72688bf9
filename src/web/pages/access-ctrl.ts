import { ctrlAccess } from "../../operations/access/maps.ts";
import { accessMap } from "../parts/access-screens.ts";
import { rowPages } from "../rows/row-pages.ts";

export const ctrlAccessRules = accessMap("ctrl", ctrlAccess);
export const ctrlAccessPages = rowPages(ctrlAccessRules);
