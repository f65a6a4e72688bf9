import { definePage } from "../page.ts";

export const signOutPage = definePage({
  path: "/sign-out",
  open: "everybody",
  async submit({ visit }) {
    visit.browser.signOut();
    return { to: "/sign-in", flash: { tone: "ok", text: "signedOut" } };
  },
});
