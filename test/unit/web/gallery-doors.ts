import { accountTarget } from "../../../src/kernel/target.ts";
import { ownerOf } from "../../../src/operations/roles.ts";
import type { DoorView } from "../../../src/web/door.ts";
import type { Frame, Screen } from "../../../src/web/page.ts";
import { overviewPage } from "../../../src/web/pages/overview.ts";
import { seeAsPage } from "../../../src/web/pages/see-as.ts";
import { signInPage } from "../../../src/web/pages/sign-in.ts";
import { pageWith } from "./gallery-data.ts";
import { type Exhibit, exhibit, exhibitOf, refused } from "./gallery-frame.ts";

const HANA = { domain: "example.com", name: "hana" };

const LIST_KEEPER = {
  id: "lst_0000000000000001",
  name: "list-desk",
  grants: [
    {
      allow: ["account.list", "account.get", "member.*"],
      on: accountTarget({ domain: "example.com", name: "news" }),
    },
  ],
};

/** A frame of another entrance, or of somebody who has one: the document around the screen is drawn with it, too. */
const around =
  (more: Partial<Frame>, screen: (frame: Frame) => Screen) =>
  (frame: Frame): Screen =>
    screen(Object.assign(frame, more));

const signIn = (frame: Frame): Screen => {
  const { view } = signInPage;
  if (!view) throw new Error("the sign-in page has no view");
  return view({ next: "/" }, frame);
};

const landing = (frame: Frame): Screen => {
  const { view } = overviewPage;
  if (!view) throw new Error("the overview has no view");
  return view({ status: null, domains: null }, frame);
};

const door = (more: Partial<DoorView>): Partial<Frame> => ({
  serverName: null,
  door: { kind: "delegates", title: "メール設定", text: "", logo: null, style: null, ...more },
});

export const DOOR_EXHIBITS: readonly Exhibit[] = [
  exhibitOf(
    "sign-in/own-door",
    "/sign-in",
    around(door({ title: "Sato Mail 佐藤メール", text: "Welcome.\nようこそ。" }), signIn),
    { actor: null },
  ),
  exhibitOf("sign-in/owners", "/sign-in", around(door({ kind: "owners" }), signIn), { actor: null }),
  exhibitOf("sign-in/owners-wrong", "/sign-in", around(door({ kind: "owners" }), signIn), {
    actor: null,
    refusal: refused("INVALID_INPUT", [{ field: "password", rule: "wrong" }], { name: "hana@example.com" }),
  }),
  exhibitOf("overview/owner", "/", around({ ...door({ kind: "owners" }), mailbox: HANA }, landing), {
    actor: ownerOf(HANA),
  }),
  exhibit(
    "overview/lists",
    overviewPage,
    {
      status: null,
      domains: null,
      lists: pageWith([]),
    },
    { actor: LIST_KEEPER, here: "/" },
  ),
  exhibitOf("overview/seen-as-another", "/", around({ seeing: true, mailbox: HANA }, landing), {
    actor: ownerOf(HANA),
  }),
  exhibit("see-as/form", seeAsPage, { who: "kita" }),
  exhibit(
    "see-as/refused",
    seeAsPage,
    { who: "" },
    {
      refusal: refused("INVALID_INPUT", [{ field: "who", rule: "no-panel" }], { who: "nobody" }),
    },
  ),
];
