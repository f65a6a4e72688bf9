import { FILES } from "../../../src/tab/files.ts";
import { ACCOUNT_VARIABLES } from "./account-variables.ts";
import { COMMANDS, EVERY_COMMAND } from "./commands.ts";
import { type Chapter, type Cover, type Row, rowsOf } from "./cover.ts";
import { PANEL_PAGES } from "./panel-pages.ts";
import {
  CHECK_ACTIONS,
  FILTER_PARTS,
  GATEWAY_PARTS,
  LINK_PARTS,
  MEMBER_RIGHTS,
  PROPERTIES,
  SMTP_RIGHTS,
  STEP_COMMANDS,
} from "./parts.ts";
import { PLAIN_FILES } from "./plain-files.ts";
import { SERVER_VARIABLE_ROWS } from "./server-variables.ts";
import { START_ROWS } from "./start.ts";
import { TABLES } from "./tables.ts";
import { DIRECTORY_PAGES } from "./xmailcfg/directory.ts";
import { OPTION_PAGES } from "./xmailcfg/options.ts";
import { PROTECTION_PAGES } from "./xmailcfg/protection.ts";
import { SERVER_PAGES } from "./xmailcfg/server.ts";

const PROPERTY_NAMES = {
  whiteList: "WhiteList",
  noAuth: "NoAuth",
  easeTls: "EaseTLS",
  enableVrfy: "EnableVRFY",
  enableEtrn: "EnableETRN",
  skipSenderCheck: "SenderDomainCheck",
} as const satisfies Record<keyof typeof PROPERTIES, string>;

/** Every kind of table goes through this one, too. */
const EVERY_TABLE = "test/unit/tab/files.test.ts#FILES";

function tables(): Row[] {
  return rowsOf(TABLES).map(({ name, cover }) => ({
    name: FILES[name as keyof typeof FILES].path,
    cover: { ...cover, tests: [EVERY_TABLE, ...(cover.tests ?? [])] },
  }));
}

function commands(): Row[] {
  return rowsOf(COMMANDS).map(({ name, cover }) => ({
    name,
    cover: { ...cover, tests: [EVERY_COMMAND, ...(cover.tests ?? [])] },
  }));
}

function prefixed(prefix: string, covers: Readonly<Record<string, Cover>>): Row[] {
  return rowsOf(covers).map(({ name, cover }) => ({ name: `${prefix}${name}`, cover }));
}

/** The whole page. */
export function chapters(): readonly Chapter[] {
  return [
    { title: "Tables", about: "All files of XMail in its table format.", rows: tables() },
    {
      title: "Variables of server.tab",
      about: "Each is known by type, unit and default; unknown ones are shown and kept.",
      rows: SERVER_VARIABLE_ROWS,
    },
    {
      title: "Variables of user.tab and userdef.tab",
      about: "Of an account; the defaults preset new ones.",
      rows: rowsOf(ACCOUNT_VARIABLES),
    },
    {
      title: "What stands inside the tables",
      about: "Options, flags, commands and rights that are a language of their own.",
      rows: [
        ...rowsOf(PROPERTIES).map(({ name, cover }) => ({
          name: `exceptions: ${PROPERTY_NAMES[name as keyof typeof PROPERTY_NAMES]}`,
          cover,
        })),
        ...prefixed("steps of mail: ", STEP_COMMANDS),
        ...prefixed("filters: ", FILTER_PARTS),
        ...prefixed("POP3 links: ", LINK_PARTS),
        ...prefixed("gateways: ", GATEWAY_PARTS),
        ...prefixed("SMTP right ", SMTP_RIGHTS),
        ...prefixed("list member ", MEMBER_RIGHTS),
        ...prefixed("userauth/pop3: ", CHECK_ACTIONS),
      ],
    },
    { title: "Other files and folders", about: "What is no table.", rows: rowsOf(PLAIN_FILES) },
    {
      title: "Start parameters",
      about: "They are explained, and written as text to copy; XMail reads them when it starts.",
      rows: START_ROWS,
    },
    { title: "Control commands", about: "All 43 of the control protocol.", rows: commands() },
    {
      title: "Pages of XMailCFG",
      about: "Its menus from the server's settings to the options, by their own names.",
      rows: [SERVER_PAGES, DIRECTORY_PAGES, PROTECTION_PAGES, OPTION_PAGES].flatMap((pages) => rowsOf(pages)),
    },
    { title: "Pages that XMailCFG has not", about: "The rest of the panel.", rows: rowsOf(PANEL_PAGES) },
  ];
}
