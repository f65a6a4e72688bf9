import { changeUndo } from "../../operations/change/undo.ts";
import { changeAsked } from "../change-domain.ts";
import { definePage, type Params } from "../page.ts";

/** Takes the button of a change. */
export const changeUndoPage = definePage<never>({
  path: "/changes/:change/undo",
  back: ({ change = "" }: Params) => `/changes/${encodeURIComponent(change)}`,
  async submit(ask) {
    const { change } = await ask.run(changeUndo, await changeAsked(ask));
    return { to: `/changes/${change}`, flash: { tone: "ok", text: "changeUndone" } };
  },
});
