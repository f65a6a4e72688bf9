import { loadProgram } from "./load-program.ts";
import { stayServer } from "./stay-server.ts";

/** The process that stays: `xmailcfg-stay.cjs FOLDER NAME CONFIGURATION SECONDS`, started by `leaveProcess` alone. */
const [, , folder = "", name = "", configuration = "", seconds = "0"] = process.argv;

stayServer({ folder, name, home: __dirname, configuration, seconds: Number(seconds) }, () =>
  loadProgram(__dirname, require),
);
