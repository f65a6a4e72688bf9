import type { Storage } from "./storage/storage.ts";
import type { Backend } from "./xmail/backend.ts";
import type { LogStore } from "./xmail/logs.ts";

/** XMail's logs in the files at hand, loaded by the first look. By XMail's own file commands they cannot be read. */
export function logsBy(kind: string, mailRoot: () => Promise<Storage>): Pick<Backend, "logs"> {
  if (kind === "ctrl-files") return {};
  const get = async (): Promise<LogStore> => {
    const [{ logStoreOver }, { logThreads }] = await Promise.all([
      import("./log/store.ts"),
      import("./log-threads.ts"),
    ]);
    return logStoreOver(await mailRoot(), { elsewhere: logThreads() });
  };
  return {
    logs: {
      files: async (call) => (await get()).files(call),
      search: async (request, call) => (await get()).search(request, call),
      tally: async (request, call) => (await get()).tally(request, call),
    },
  };
}
