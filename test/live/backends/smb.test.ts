import { operationsOver } from "./operations-over.ts";

operationsOver("smb");
