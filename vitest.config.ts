import { availableParallelism } from "node:os";
import { configDefaults, defineConfig } from "vitest/config";

const inSource = (path: string) => new URL(path, import.meta.url).pathname;

const NO_TESTS = [
  ...configDefaults.exclude,
  "test/fixtures/**",
  "test/types/compiles/**",
  "test/types/fails/**",
];
/** Suites that keep one core busy and nobody else waiting: as many at a time as there are cores. */
const IN_ONE_PROCESS = ["test/unit/**/*.test.ts", "test/table/**/*.test.ts", "test/fuzz/**/*.test.ts"];

export default defineConfig({
  // What the examples import: without it they would get the last build.
  resolve: {
    alias: [
      { find: /^xmailcfg$/, replacement: inSource("src/index.ts") },
      { find: /^xmailcfg\/web$/, replacement: inSource("src/web-kit.ts") },
      { find: /^xmailcfg\/express$/, replacement: inSource("adapters/express/express.ts") },
    ],
  },
  test: {
    exclude: NO_TESTS,
    reporters: ["default", "./test/closing-lines.ts"],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: "inside",
          include: IN_ONE_PROCESS,
          maxWorkers: availableParallelism(),
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "around",
          include: ["test/**/*.test.ts"],
          exclude: [...NO_TESTS, ...IN_ONE_PROCESS],
          // They start servers, browsers and programs, wait for them and time them.
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
