import { accountResume } from "../../operations/account/resume.ts";
import { definePage } from "../page.ts";
import { accountPath } from "../paths.ts";

/** Takes the button only: nothing is lost by resuming, so nothing is asked. */
export const accountResumePage = definePage({
  path: "/accounts/:domain/:name/resume",
  back: ({ domain = "", name = "" }) => accountPath({ domain, name }),
  async submit({ run, params }) {
    const { domain, name } = await run(accountResume, params);
    return {
      to: accountPath({ domain, name }),
      flash: { tone: "ok", text: "resumed", values: { name: `${name}@${domain}` } },
    };
  },
});
