import type { Reporter, SerializedError, TestModule } from "vitest/node";

/**
 * Ends a run with every skipped test by name, so that nothing is left out in silence, and with one plain line
 * `N passed, N failed, N skipped` that any tool can read. A file that does not load counts as one failure.
 */
export default class ClosingLines implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const skipped: string[] = [];
    let passed = 0;
    let failed = unhandled.length;
    for (const module of modules) {
      failed += module.errors().length;
      for (const suite of module.children.allSuites()) failed += suite.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed") passed += 1;
        else if (state === "failed") failed += 1;
        else skipped.push(`${module.relativeModuleId} > ${test.fullName}`);
      }
    }
    const names = skipped.map((name) => `skipped: ${name}\n`).join("");
    process.stdout.write(`${names}${passed} passed, ${failed} failed, ${skipped.length} skipped\n`);
  }
}
