import { fail } from "../errors/error.ts";
import type { AnyOperation } from "../kernel/operation.ts";
import type { AnyPage } from "../web/page.ts";
import type { Text } from "../web/text/en.ts";
import type { Language } from "../web/text/language.ts";
import type { Notifier } from "./notify.ts";
import { isPlugin, type MenuItem, operationsOf, type Plugin } from "./plugin.ts";

/** What all plugins add together. */
export interface Joined {
  readonly operations: readonly AnyOperation[];
  readonly pages: readonly AnyPage[];
  readonly menu: readonly MenuItem[];
  readonly notifiers: readonly Notifier[];
  /** Our words with theirs. */
  words(t: Text, language: Language): Text;
}

/** What xmailcfg has itself. */
export interface Ours {
  readonly operations: readonly AnyOperation[];
  /** Paths of pages. */
  readonly paths: readonly string[];
}

/** Below these no page can lie. */
const OTHER_PATHS = ["/api", "/assets"];

/** Puts plugins together. `BAD_CONFIG` names the plugin and the name that something else has already. */
export function joinPlugins(plugins: readonly Plugin[], ours: Ours): Joined {
  const names = new Set([...ours.paths, ...OTHER_PATHS].map((path) => path.split("/")[1] ?? ""));
  const nouns = new Set(ours.operations.map(nounOf));
  const routes = ours.operations.map((operation) => ({ operation, owner: "xmailcfg" }));
  for (const plugin of plugins) {
    if (!isPlugin(plugin)) fail("BAD_CONFIG", "plugins: use definePlugin() to make a plugin.");
    const { name } = plugin;
    claim(names, name, `The plugin ${name} cannot have this name: it is taken already.`);
    const operations = operationsOf(plugin);
    for (const noun of new Set(operations.map(nounOf))) {
      // A grant of `account.*` must not reach further because a plugin has come.
      claim(nouns, noun, `The plugin ${name} cannot have operations ${noun}.*: the noun is taken already.`);
    }
    for (const operation of operations) {
      const other = routes.find((route) => overlap(route.operation, operation));
      if (other) {
        fail(
          "BAD_CONFIG",
          `The plugin ${name}: ${operation.name} answers ${operation.http}, and so does ${other.operation.name} of ${other.owner}.`,
        );
      }
      routes.push({ operation, owner: name });
    }
  }
  const known = new Set(routes.map(({ operation }) => operation.name));
  for (const { name, menu = [] } of plugins) {
    for (const { needs, path } of menu) {
      if (!known.has(needs as AnyOperation["name"])) {
        fail("BAD_CONFIG", `The plugin ${name}: menu ${path} needs ${needs}, which is no operation.`);
      }
    }
  }
  return {
    operations: plugins.flatMap(operationsOf),
    pages: plugins.flatMap(({ pages = [] }) => pages),
    menu: plugins.flatMap(({ menu = [] }) => menu),
    notifiers: plugins.flatMap(({ notifiers = [] }) => notifiers),
    words: wordsWith(plugins),
  };
}

function claim(taken: Set<string>, name: string, message: string): void {
  if (taken.has(name)) fail("BAD_CONFIG", message);
  taken.add(name);
}

function nounOf({ name }: AnyOperation): string {
  return name.slice(0, name.indexOf("."));
}

/** Whether one address could mean both: `/things/{thing}` and `/things/all` do. */
function overlap(a: AnyOperation, b: AnyOperation): boolean {
  if (a.http === null || b.http === null) return false;
  const [one, two] = [a.http.split(/[ /]+/), b.http.split(/[ /]+/)];
  if (one.length !== two.length) return false;
  return one.every((part, i) => part === two[i] || part.startsWith("{") || (two[i] ?? "").startsWith("{"));
}

/** Their keys are their own by form (see `definePlugin`), so none of ours is replaced. */
function wordsWith(plugins: readonly Plugin[]): Joined["words"] {
  const made = new Map<Language, Text>();
  return (t, language) => {
    const known = made.get(language);
    if (known) return known;
    const theirs = plugins.flatMap(({ words }) => (words ? [words[language]] : []));
    const merged: Text = {
      ...t,
      fields: Object.assign({}, t.fields, ...theirs.map(({ fields }) => fields)),
      rules: Object.assign({}, t.rules, ...theirs.map(({ rules }) => rules)),
      flash: Object.assign({}, t.flash, ...theirs.map(({ flash }) => flash)),
    };
    made.set(language, merged);
    return merged;
  };
}
