import { configDefaults, defineConfig } from "vitest/config";

const inSource = (path: string) => new URL(path, import.meta.url).pathname;

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
    include: ["test/**/*.test.ts"],
    exclude: [...configDefaults.exclude, "test/fixtures/**", "test/types/compiles/**", "test/types/fails/**"],
    reporters: ["default", "./test/closing-lines.ts"],
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
