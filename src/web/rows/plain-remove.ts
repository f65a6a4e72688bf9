import type { Operation } from "../../kernel/operation.ts";
import type { TSchema } from "../../kernel/schema.ts";
import { definePage, type Frame, type Page, type Params } from "../page.ts";
import { confirmation } from "../parts/confirm.ts";
import type { Crumb } from "../parts/page-head.ts";
import { fillText, visible } from "../parts/shown.ts";
import type { Text } from "../text/en.ts";
import { keyOf, pathTo } from "./row-screens.ts";

interface PlainRemove {
  readonly operation: unknown;
  /** Its parts are the input. */
  readonly path: string;
  readonly flash: keyof Text["flash"];
  /** `{name}` stands in the title. */
  words(t: Text): { readonly removeTitle: string; readonly removeText: string };
  name(params: Params): string;
  crumbs(frame: Frame, params: Params): readonly Crumb[];
  /** The list it was in. */
  back(params: Params): string;
}

/** Asks before one thing is removed. */
export function plainRemovePage(remove: PlainRemove): Page<Params> {
  const operation = remove.operation as Operation<TSchema, TSchema>;
  return definePage<Params>({
    path: remove.path,
    load: async ({ params }) => params,
    view(params, frame) {
      const { removeTitle, removeText } = remove.words(frame.t);
      const title = fillText(removeTitle, { name: remove.name(params) });
      return {
        title,
        body: confirmation(frame, {
          path: pathTo(remove.path, params),
          crumbs: remove.crumbs(frame, params),
          title: visible(title),
          words: removeText,
          button: frame.t.rows.removeButton,
          destroys: true,
          wayOut: { href: frame.link(remove.back(params)), words: frame.t.confirm.keep },
        }),
      };
    },
    async submit({ run, params }) {
      await run(operation, keyOf(remove.path, params));
      const flash = { tone: "ok", text: remove.flash, values: { name: remove.name(params) } } as const;
      return { to: remove.back(params), flash };
    },
  });
}
