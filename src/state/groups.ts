import { randomBytes } from "node:crypto";
import { fail } from "../errors/error.ts";
import type { Group, Groups } from "../kernel/groups.ts";
import { overlay } from "../storage/overlay.ts";
import type { Storage } from "../storage/storage.ts";
import { type AccountRef, addressOf, foldName } from "../xmail/names.ts";
import { groupsFile } from "./groups-file.ts";

interface GroupsOptions {
  now(): Date;
}

/** `groups.json`: accounts that belong together. */
export function groupsIn(storage: Storage, options: GroupsOptions): Groups {
  const file = groupsFile(storage);
  const all = async () => (await file.read()).groups;
  const write = (change: (groups: readonly Group[]) => readonly Group[]) =>
    file.update((content) => ({
      content: { ...content, groups: change(content.groups) },
      result: undefined,
    }));
  /** Most of what is removed is in no group: then nothing is written. */
  const forget = async (isGone: (ref: AccountRef) => boolean) => {
    if ((await all()).every((group) => without(group, isGone) === group)) return;
    await write((groups) => groups.map((group) => without(group, isGone)));
  };

  return {
    list: all,
    async add(group) {
      const added: Group = {
        ...group,
        id: `grp_${randomBytes(8).toString("hex")}`,
        createdAt: options.now().toISOString(),
      };
      await write((groups) => {
        requireFree(groups, added);
        return [...groups, added];
      });
      return added;
    },
    change: (id, change) =>
      file.update((content) => {
        const found = content.groups.find((one) => one.id === id) ?? nothing();
        const group = { ...change(found), id };
        requireFree(content.groups, group);
        const groups = content.groups.map((one) => (one === found ? group : one));
        return { content: { ...content, groups }, result: group };
      }),
    remove: (id) =>
      write((groups) => {
        if (groups.every((one) => one.id !== id)) nothing();
        return groups.filter((one) => one.id !== id);
      }),
    forgetDomain: (name) => forget(({ domain }) => foldName(domain) === foldName(name)),
    forgetAccount: (gone) => forget((ref) => foldName(addressOf(ref)) === foldName(addressOf(gone))),
    rehearsing: () => groupsIn(overlay(storage), options),
  };
}

/** The group itself, when nothing of it is gone. */
function without(group: Group, isGone: (ref: AccountRef) => boolean): Group {
  const members = group.members.filter((member) => !isGone(member));
  const at = group.list.lastIndexOf("@");
  const list = at > 0 && isGone({ name: group.list.slice(0, at), domain: group.list.slice(at + 1) });
  if (!list && members.length === group.members.length) return group;
  return { ...group, members, list: list ? "" : group.list };
}

/** Two groups of one name could not be told apart, nor could an id from a name like it. */
function requireFree(groups: readonly Group[], { id, name }: Group): void {
  const taken = (text: string) => foldName(text) === foldName(name);
  if (groups.some((one) => one.id !== id && (taken(one.name) || taken(one.id)))) {
    fail("CONFLICT", `There is a group ${name} already.`);
  }
}

function nothing(): never {
  return fail("NOT_FOUND", "There is no such group.");
}
