import { because, by, type Cover } from "./cover.ts";

const SIGN_IN = "test/unit/web/pages.test.ts#sign-in";
const panel: Cover = because("panel");

/** What XMailCFG has no page for. */
export const PANEL_PAGES = {
  Overview: { ...by("server.status"), on: ["/"] },
  "Check connections": { ...by("server.check"), on: ["/check"] },
  "Findings and what mends them (lint)": {
    ...by("server.lint"),
    on: ["/health"],
    tests: ["test/unit/web/health.test.ts#lint"],
  },
  "Import and export (CSV)": {
    ...by(
      "account.import",
      "account.export",
      "alias.import",
      "alias.export",
      "member.import",
      "member.export",
    ),
    on: ["/import", "/export/accounts", "/export/aliases", "/export/members/:domain/:name"],
  },
  "History and undo": by("change.*"),
  "Audit log, and who opened whose mail": by("audit.*"),
  "Where mail goes": by("mail.explain", "alias.explain"),
  "Which rule decides": by("access.explain", "customDomain.explain"),
  "Programs that check passwords": by("smtpCheck.*", "popCheckDomain.*", "popCheck.*"),
  "Storm rescue": by("incident.*"),
  "Mailboxes and their messages": by("mailbox.*", "message.*"),
  "What has changed since the last look (watch)": by("watch.*"),
  "Control accounts": by("ctrlAccount.*"),
  "People and what they may do": by("person.*", "administrator.*", "delegation.*", "listAdministrator.*"),
  "API keys": by("apiKey.*"),
  "Who must have a second factor": by("policy.*"),
  "One's own sign-in": by("me.*"),
  "Sign in and out": { ...panel, on: ["/sign-in", "/sign-in/code", "/sign-out"], tests: [SIGN_IN] },
  "See the panel as somebody else": {
    ...panel,
    on: ["/see-as", "/see-as/end"],
    tests: ["test/conformance/entrances.test.ts#see-as"],
  },
  "In an emergency, and malware by mail": {
    ...panel,
    on: ["/emergency", "/malware"],
    tests: ["test/unit/web/guides.test.ts#emergency"],
  },
  "Language and looks": {
    ...panel,
    on: ["/preferences"],
    tests: ["test/unit/web/pages.test.ts#preferences"],
  },
} satisfies Record<string, Cover>;
