import { runCgi } from "../../adapters/cgi/cgi.ts";
import { suiteHandler } from "./host-handler.ts";

// A rejection ends the process with its stack on standard error, which is what the suite wants to see.
runCgi(suiteHandler());
