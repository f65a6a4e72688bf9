import { fail } from "../errors/error.ts";
import type { AnyOperation } from "../kernel/operation.ts";
import { faultsOf } from "../kernel/operation-rules.ts";
import type { Storage } from "../storage/storage.ts";
import type { AnyPage } from "../web/page.ts";
import type { FieldWords } from "../web/text/en/fields.ts";
import type { Language } from "../web/text/language.ts";
import type { Notifier } from "./notify.ts";

/** Text in every language of the panel. */
export type Words = Readonly<Record<Language, string>>;

/** What the parts of the panel say for a plugin; what its own pages say is theirs to keep. */
export interface PluginWords {
  /** Label and help of a field, by `noun.verb field`; a field without has the words ours has under that name. */
  readonly fields?: Readonly<Record<string, FieldWords>>;
  /** What is right for a field, by its `x-rule` or the rule given to `failField`: `plugin-name.rule`. */
  readonly rules?: Readonly<Record<string, (limit: string) => string>>;
  /** What a form leaves to say, by the `text` of its flash: `plugin-name.key`; `{name}` stands for a value. */
  readonly flash?: Readonly<Record<string, string>>;
}

export interface MenuItem {
  readonly words: Words;
  /** One of the plugin's pages. */
  readonly path: string;
  /** The operation without which the page would show nothing: who may not use it does not see the item. */
  readonly needs: string;
}

/** Operations by the two halves of their names, as in our own table: `{ note: { add: noteAdd } }`. */
export type OperationTable = Readonly<Record<string, Readonly<Record<string, AnyOperation>>>>;

/** Everything that can be added to xmailcfg, as data. Only `name` is required. */
export interface Plugin {
  /** Small letters, digits and hyphens. Its pages lie below `/name`. */
  readonly name: string;
  readonly operations?: OperationTable;
  readonly pages?: readonly AnyPage[];
  readonly words?: Readonly<Record<Language, PluginWords>>;
  readonly menu?: readonly MenuItem[];
  readonly notifiers?: readonly Notifier[];
  /** Storage drivers by name, for programs to open; the configuration file knows only our own kinds. */
  readonly storages?: Readonly<Record<string, (options: unknown) => Promise<Storage>>>;
}

const BRAND = Symbol.for("xmailcfg.plugin");

/** Nouns that mean something else where operations are named: to the audit log, the command line, the library. */
const RESERVED = new Set(
  "session admin key demo serve simulator check warm help plugin backend close then constructor".split(" "),
);

/**
 * Checks a plugin and freezes it. `BAD_CONFIG` names the plugin and everything that is wrong with it; what collides with
 * xmailcfg or another plugin shows when it is put to use.
 */
export function definePlugin<const P extends Plugin>(plugin: P): P {
  const faults = pluginFaults(plugin);
  if (faults.length > 0) {
    fail("BAD_CONFIG", `The plugin ${plugin.name} is not valid:\n  ${faults.join("\n  ")}`);
  }
  return Object.freeze(Object.defineProperty({ ...plugin }, BRAND, { value: true }));
}

/** Whether `definePlugin` made it, also that of another copy of this package. */
export function isPlugin(value: unknown): value is Plugin {
  return typeof value === "object" && value !== null && (value as { [BRAND]?: unknown })[BRAND] === true;
}

/** The operations of a plugin as a list. */
export function operationsOf({ operations = {} }: Plugin): readonly AnyOperation[] {
  return Object.values(operations).flatMap((verbs) => Object.values(verbs));
}

function pluginFaults(plugin: Plugin): string[] {
  return [
    ...(/^[a-z][a-z0-9-]{0,30}$/.test(plugin.name)
      ? []
      : ["name must be small letters, digits and hyphens, 31 at most"]),
    ...operationFaults(plugin),
    ...pageFaults(plugin),
    ...wordFaults(plugin),
    ...menuFaults(plugin),
    ...(plugin.notifiers ?? []).flatMap(({ name, notify }) =>
      typeof name === "string" && typeof notify === "function"
        ? []
        : ["a notifier needs a name and notify()"],
    ),
  ];
}

function operationFaults({ operations = {} }: Plugin): string[] {
  return Object.entries(operations).flatMap(([noun, verbs]) => [
    ...(RESERVED.has(noun) ? [`operations: ${noun} is a word of xmailcfg itself`] : []),
    ...Object.entries(verbs).flatMap(([verb, operation]) => [
      ...(operation.name === `${noun}.${verb}`
        ? []
        : [`${noun}.${verb} holds an operation called ${operation.name}`]),
      ...faultsOf(operation).map((fault) => `${operation.name}: ${fault}`),
    ]),
  ]);
}

function pageFaults({ name, pages = [] }: Plugin): string[] {
  const paths = pages.map(({ path }) => path);
  return [
    ...paths
      .filter((path) => path !== `/${name}` && !path.startsWith(`/${name}/`))
      .map((path) => `pages: ${path} must be /${name} or lie below it`),
    ...paths.filter((path) => /[?#]|\/$|\/\//.test(path)).map((path) => `pages: ${path} is no path`),
    ...paths
      .filter((path, i) => paths.indexOf(path) !== i)
      .map((path) => `pages: ${path} stands there twice`),
    ...pages
      .filter(({ view, submit }) => !view && !submit)
      .map(({ path }) => `pages: ${path} needs a view or a submit`),
  ];
}

function wordFaults({ name, operations = {}, words }: Plugin): string[] {
  if (!words) return [];
  const own = (key: string) => key.startsWith(`${name}.`);
  const known = (key: string) => {
    const [noun = "", verb = "", field = ""] = key.split(/[. ]/);
    const input = operations[noun]?.[verb]?.input as { properties?: object } | undefined;
    return Object.hasOwn(input?.properties ?? {}, field);
  };
  const { en, ja } = words;
  return (["fields", "rules", "flash"] as const).flatMap((part) => {
    const [english, japanese] = [Object.keys(en?.[part] ?? {}), Object.keys(ja?.[part] ?? {})];
    const right = part === "fields" ? known : own;
    const form = part === "fields" ? "noun.verb field, of its own operations" : `${name}.something`;
    return [
      ...english.filter((key) => !japanese.includes(key)).map((key) => `words.ja.${part}: ${key} is missing`),
      ...japanese.filter((key) => !english.includes(key)).map((key) => `words.en.${part}: ${key} is missing`),
      ...english.filter((key) => !right(key)).map((key) => `words.${part}: ${key} must be ${form}`),
    ];
  });
}

function menuFaults({ menu = [], pages = [] }: Plugin): string[] {
  return menu.flatMap(({ path, words, needs }) => [
    ...(pages.some((page) => page.path === path && page.view && !path.includes(":"))
      ? []
      : [`menu: ${path} is no page of it that can be opened`]),
    ...(words?.en && words.ja ? [] : [`menu: ${path} needs words in English and Japanese`]),
    ...(typeof needs === "string" && needs.includes(".")
      ? []
      : [`menu: ${path} needs the name of an operation`]),
  ]);
}
