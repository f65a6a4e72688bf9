import { nameOf, parentOf, ROOT, type StoragePath } from "./path.ts";
import type { Stat } from "./storage.ts";

export interface FileNode {
  readonly kind: "file";
  /** Own content, or where the storage below has it. */
  readonly content: Uint8Array | StoragePath;
  readonly stat: Stat;
}

export interface FolderNode {
  readonly kind: "folder";
  /** Where the storage below has what is not in `children`; `null`: nowhere. */
  readonly below: StoragePath | null;
  /** By folded name; `null` is gone. */
  readonly children: Map<string, { readonly name: string; readonly node: Node | null }>;
  readonly stat: Stat;
}

export type Node = FileNode | FolderNode;

/** What stands at a path: something of the overlay's own, or what the storage below has at `below`. */
export type Look = { readonly node: Node } | { readonly below: StoragePath };

export interface Tree {
  readonly root: FolderNode;
  /** `null`: certainly nothing. */
  look(path: StoragePath): Look | null;
  childOf(folder: FolderNode, name: string): Node | null | undefined;
  put(path: StoragePath, node: Node | null): void;
}

/** Files and folders that differ from the storage below. Whoever puts one in has made the folders above it. */
export function overlayTree(caseSensitive: boolean): Tree {
  // Storages that do not tell `A` from `a` fold more than ASCII.
  const keyOf = (name: string) => (caseSensitive ? name : name.normalize("NFC").toLowerCase());
  const root = folderNode(ROOT, folderStat(0));

  function childOf(folder: FolderNode, name: string): Node | null | undefined {
    return folder.children.get(keyOf(name))?.node;
  }

  function look(path: StoragePath): Look | null {
    let node: Node = root;
    const parts = path === ROOT ? [] : path.split("/");
    for (const [index, part] of parts.entries()) {
      if (node.kind === "file") return null;
      const child = childOf(node, part);
      if (child === null) return null;
      if (child === undefined) {
        return node.below === null ? null : { below: below(node.below, parts.slice(index).join("/")) };
      }
      node = child;
    }
    return { node };
  }

  return {
    root,
    look,
    childOf,
    put(path, node) {
      const parent = look(parentOf(path));
      if (!parent || !("node" in parent) || parent.node.kind === "file")
        throw new Error("a folder is missing");
      const { children } = parent.node;
      // Over a storage that has nothing there, nothing need be said to be gone.
      if (node === null && parent.node.below === null) children.delete(keyOf(nameOf(path)));
      else children.set(keyOf(nameOf(path)), { name: nameOf(path), node });
    },
  };
}

export function folderNode(below: StoragePath | null, stat: Stat): FolderNode {
  return { kind: "folder", below, children: new Map(), stat };
}

export function folderStat(mtimeMs: number): Stat {
  return { kind: "folder", size: 0, mtimeMs, mode: 0o700 };
}

/** Both came in by a StoragePath. */
export function below(folder: StoragePath, path: string): StoragePath {
  return (folder === ROOT ? path : `${folder}/${path}`) as StoragePath;
}
