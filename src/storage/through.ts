import type { Storage } from "./storage.ts";

/** A storage that hands every call on to `storage`, but for the verbs in `own`. */
export function through(storage: Storage, own: Partial<Storage>): Storage {
  return {
    kind: storage.kind,
    can: storage.can,
    stat: storage.stat.bind(storage),
    read: storage.read.bind(storage),
    write: storage.write.bind(storage),
    list: storage.list.bind(storage),
    move: storage.move.bind(storage),
    remove: storage.remove.bind(storage),
    makeFolder: storage.makeFolder.bind(storage),
    ...(storage.watch ? { watch: storage.watch.bind(storage) } : {}),
    ...(storage.scan ? { scan: storage.scan.bind(storage) } : {}),
    ...(storage.moveAll ? { moveAll: storage.moveAll.bind(storage) } : {}),
    close: storage.close.bind(storage),
    ...own,
  };
}
