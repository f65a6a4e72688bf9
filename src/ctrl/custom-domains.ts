import { type FileContent, readFile, records, type UploadOptions, upload, writeFile } from "./answers.ts";
import { domainArgument, folderName, pathArgument } from "./arguments.ts";
import type { CtrlCallOptions, CtrlLine } from "./line.ts";
import { encodeRemoval } from "./upload.ts";
import { type Command, encodeCommand } from "./wire.ts";

const NOT_CUSTOM = 120;
const NO_FILE = 19;

/** Names: `example.com` one domain, `.example.com` all below it, `""` everything else. */
export interface CustomDomains {
  /** Order of the folder. */
  list(options?: CtrlCallOptions): Promise<readonly string[]>;
  /** The file that applies to `domain`, its own or that of a parent or the catch-all; `null` when none does. */
  effective(domain: string, options?: CtrlCallOptions): Promise<FileContent | null>;
  /** `domain`'s own file, or `null`. */
  get(domain: string, options?: CtrlCallOptions): Promise<FileContent | null>;
  set(domain: string, bytes: Uint8Array, options?: UploadOptions): Promise<void>;
  /** No error when there is none. */
  remove(domain: string, options?: CtrlCallOptions): Promise<void>;
}

export function customDomainsOver(line: CtrlLine): CustomDomains {
  const own = async (domain: string, options?: CtrlCallOptions) =>
    readFile(line, encodeCommand("cfgfileget", [fileOf(domain)]), options, NO_FILE);
  return {
    async list(options) {
      return (await records(line, encodeCommand("custdomlist"), 1, options)).map(([name = ""]) => name);
    },
    effective: async (domain, options) =>
      readFile(line, encodeCommand("custdomget", [nameOf(domain)]), options, NOT_CUSTOM),
    get: own,
    set: async (domain, bytes, options) =>
      writeFile(line, setCommand(domain), bytes, () => own(domain, options), options),
    remove: async (domain, options) => upload(line, setCommand(domain), encodeRemoval(), options),
  };
}

function setCommand(domain: string): Command {
  // custdomset refuses the forms `.example.com` and `` although XMail uses them.
  if (domain === "" || domain.startsWith(".")) return encodeCommand("cfgfileset", [fileOf(domain)]);
  return encodeCommand("custdomset", [nameOf(domain)]);
}

function fileOf(domain: string) {
  if (domain !== "") nameOf(domain);
  return pathArgument(`custdomains/${domain.toLowerCase()}.tab`, "domain");
}

/** XMail does not check this name: `../domains` would read another table. */
function nameOf(domain: string) {
  const name = folderName(domainArgument(domain));
  pathArgument(domain, "domain");
  return name;
}
