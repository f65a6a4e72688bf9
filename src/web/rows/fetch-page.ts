import { serviceFetchNow } from "../../operations/service/orders.ts";
import { definePage, type Page } from "../page.ts";

/** What the button "fetch now" of a page sends its form to. */
export function fetchPage(from: string): Page<never> {
  return definePage<never>({
    path: `${from}/fetch`,
    back: () => from,
    async submit({ run }) {
      await run(serviceFetchNow, {});
      return { to: from, flash: { tone: "ok", text: "serviceFetched" } };
    },
  });
}
