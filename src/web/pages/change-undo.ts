import { changeUndo } from "../../operations/change/undo.ts";
import { definePage, type Params } from "../page.ts";

/** Takes the button of a change. */
export const changeUndoPage = definePage<never>({
  path: "/changes/:change/undo",
  back: ({ change = "" }: Params) => `/changes/${encodeURIComponent(change)}`,
  async submit({ run, params }) {
    const { change } = await run(changeUndo, { change: params["change"] });
    return { to: `/changes/${change}`, flash: { tone: "ok", text: "changeUndone" } };
  },
});
