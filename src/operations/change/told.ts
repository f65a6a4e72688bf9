export type { ToldChanges, ToldFile, ToldHunk } from "../../settings/told-changes.ts";
