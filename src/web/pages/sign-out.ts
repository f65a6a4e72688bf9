import { definePage } from "../page.ts";

export const signOutPage = definePage({
  path: "/sign-out",
  open: "everybody",
  async submit({ visit, options }) {
    await options.signOut(visit);
    return { to: "/sign-in", flash: { tone: "ok", text: "signedOut" } };
  },
});
