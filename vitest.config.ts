import { configDefaults, defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: [...configDefaults.exclude, "test/fixtures/**", "test/types/compiles/**", "test/types/fails/**"],
    reporters: ["default", "./test/closing-lines.ts"],
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
