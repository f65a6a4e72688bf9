import { sourceRoute } from "../../operations/source-route/source-route.ts";
import { rowPages } from "../rows/row-pages.ts";
import type { RowScreens } from "../rows/row-screens.ts";

export const sourceRoutes: RowScreens = {
  operations: sourceRoute,
  path: "/source-routes",
  words: "sourceRoute",
  columns: ["pattern", "relays"],
};

export const sourceRoutePages = rowPages(sourceRoutes);
