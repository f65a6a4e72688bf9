import type { AnyOperation, Operation } from "../../kernel/operation.ts";
import type { TSchema } from "../../kernel/schema.ts";
import type { Page as PageOfRows } from "../../operations/paging.ts";
import { type Html, html } from "../html.ts";
import { type Ask, definePage, type Frame, type Page, type Params } from "../page.ts";
import { empty } from "../parts/empty.ts";
import { fieldWords, labelsOf, schemaAttributes } from "../parts/field.ts";
import { flashOf } from "../parts/flash.ts";
import { listing, nothingListed, queryOf } from "../parts/listing.ts";
import { type Crumb, pageHead } from "../parts/page-head.ts";
import { fill } from "../parts/shown.ts";
import type { Column } from "../parts/table.ts";
import { searchBox, toolbar } from "../parts/toolbar.ts";
import type { Text } from "../text/en.ts";
import { keyOf, pathTo } from "./row-screens.ts";

/** Words of a list that is no table of `t.rows`. */
export interface PlainWords {
  readonly title: string;
  readonly lead: string;
  readonly none: string;
  readonly noneText: string;
}

export interface PlainData<R, M> {
  readonly query: Readonly<Record<string, string>>;
  readonly page: PageOfRows<R>;
  readonly params: Params;
  readonly more: M;
}

interface PlainList<R, M> {
  /** With `search`, `cursor` and the parts of the path as its input. */
  readonly operation: unknown;
  readonly path: string;
  words(t: Text): PlainWords;
  columns(frame: Frame, data: PlainData<R, M>): readonly Column<R>[];
  /** Buttons of the page, the first one also where there is nothing yet. */
  actions(frame: Frame, params: Params, data: PlainData<R, M>): readonly (Html | false)[];
  crumbs?(frame: Frame, params: Params): readonly Crumb[];
  /** In place of the ordinary head. */
  head?(frame: Frame, data: PlainData<R, M>): Html;
  above?(frame: Frame, data: PlainData<R, M>): Html | null;
  more?(ask: Ask): Promise<M>;
}

/** A list with a search and its pages. */
export function plainListPage<R, M = null>(list: PlainList<R, M>): Page<PlainData<R, M>> {
  const operation = list.operation as Operation<TSchema, TSchema> & AnyOperation;
  const { path } = list;
  return definePage<PlainData<R, M>>({
    path,
    async load(ask) {
      const query = queryOf(ask, ["search"]);
      const page = (await ask.run(operation, { ...keyOf(path, ask.params), ...query })) as PageOfRows<R>;
      const more = (list.more ? await list.more(ask) : null) as M;
      return { query, page, params: ask.params, more };
    },
    view(data, frame) {
      const { t, refusal } = frame;
      const { query, page, params } = data;
      const words = list.words(t);
      const search = query["search"] ?? "";
      const actions = list.actions(frame, params, data);
      const none = page.total === 0 && search === "" && !refusal;
      return {
        title: words.title,
        body: html`${
          list.head
            ? html`${list.head(frame, data)}${!none && html`<div class="row">${actions.filter((one) => one !== false)}</div>`}`
            : html`${pageHead(frame, {
                title: words.title,
                lead: words.lead,
                ...(list.crumbs ? { crumbs: list.crumbs(frame, params) } : {}),
                actions: none ? [] : actions,
              })}${flashOf(frame)}`
        }
${list.above?.(frame, data)}
${listing(frame, data, {
  path: pathTo(path, params),
  caption: words.title,
  labels: labelsOf(t, operation),
  toolbar: toolbar(frame, pathTo(path, params), words.title, [
    searchBox(frame, "search", fieldWords(t, operation.name, "search").label, search, {
      more: schemaAttributes(operation, "search"),
    }),
  ]),
  filters: { search: t.list.contains },
  columns: list.columns(frame, data),
  none: empty(words.none, words.noneText, actions),
  noMatch: fill(t.rows.noMatch, { text: search }),
})}`,
      };
    },
    // What the list is of may not be there either; its name is in the address.
    ...(list.head
      ? {}
      : {
          refused: (ask: Ask) => ({
            ...nothingListed(queryOf(ask, ["search"])),
            params: ask.params,
            more: null as M,
          }),
        }),
  });
}
