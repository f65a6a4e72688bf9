import { operationsOver } from "./operations-over.ts";

operationsOver("sftp, OpenSSH");
