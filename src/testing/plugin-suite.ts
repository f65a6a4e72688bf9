import assert from "node:assert/strict";
import { faultsOf } from "../kernel/operation-rules.ts";
import { ALL_OPERATIONS } from "../operations/table.ts";
import { joinPlugins } from "../plugins/join.ts";
import { isPlugin, operationsOf, type Plugin } from "../plugins/plugin.ts";
import { fieldWords } from "../web/parts/field.ts";
import { PAGES } from "../web/routes.ts";
import { LANGUAGES, type Language } from "../web/text/language.ts";

interface Shape {
  readonly properties?: Readonly<Record<string, { readonly "x-rule"?: string }>>;
}

/**
 * What xmailcfg asks of a plugin, beyond what `definePlugin` refuses at once: run each case, a rejection is a fault. Our
 * own operations keep the same rules.
 */
export function pluginSuite(plugin: Plugin): readonly { readonly name: string; run(): Promise<void> }[] {
  const operations = operationsOf(plugin);
  const joined = () =>
    joinPlugins([plugin], { operations: ALL_OPERATIONS, paths: PAGES.map(({ path }) => path) });
  return [
    {
      name: "is made by definePlugin",
      run: async () => assert.ok(isPlugin(plugin)),
    },
    {
      name: "takes no name that xmailcfg has",
      run: async () => void joined(),
    },
    ...operations.map((operation) => ({
      name: `${operation.name} keeps the rules of the table`,
      run: async () => assert.deepEqual(faultsOf(operation), []),
    })),
    ...(Object.keys(LANGUAGES) as Language[]).map((language) => ({
      name: `has words for every field and rule (${language})`,
      run: async () => {
        const t = joined().words(LANGUAGES[language], language);
        const missing = operations.flatMap(({ name, input }) =>
          Object.entries((input as Shape).properties ?? {}).flatMap(([field, { "x-rule": rule }]) => [
            ...(fieldWords(t, name, field).label === field ? [`words.fields: ${name} ${field}`] : []),
            ...(rule === undefined || Object.hasOwn(t.rules, rule) ? [] : [`words.rules: ${rule}`]),
          ]),
        );
        assert.deepEqual(missing, []);
      },
    })),
  ];
}
