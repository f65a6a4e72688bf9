import type { Reporter, SerializedError, TestModule } from "vitest/node";

const SLOWEST = 8;

/** The first line of what a failure says: whoever sees only the end of a run knows where to look. */
const told = (name: string, errors: readonly SerializedError[] | undefined) =>
  `failed: ${name} > ${(errors?.[0]?.message ?? "no error was told").split("\n")[0]}`;

/**
 * Ends a run with its slowest files, every skipped and every failed test by name, so that nothing is left out in
 * silence, and with one plain line `N passed, N failed, N skipped` that any tool can read. A file that does not
 * load counts as one failure.
 */
export default class ClosingLines implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const skipped: string[] = [];
    const failed = unhandled.map((error) => told("outside of any test", [error]));
    let passed = 0;
    for (const module of modules) {
      const file = module.relativeModuleId;
      failed.push(...module.errors().map((error) => told(file, [error])));
      for (const suite of module.children.allSuites())
        failed.push(...suite.errors().map((error) => told(`${file} > ${suite.fullName}`, [error])));
      for (const test of module.children.allTests()) {
        const { state, errors } = test.result();
        if (state === "passed") passed += 1;
        else if (state === "failed") failed.push(told(`${file} > ${test.fullName}`, errors));
        else skipped.push(`skipped: ${file} > ${test.fullName}`);
      }
    }
    const lines = [...slowest(modules), ...skipped, ...failed];
    const sums = `${passed} passed, ${failed.length} failed, ${skipped.length} skipped`;
    process.stdout.write(`${[...lines, sums].join("\n")}\n`);
  }
}

function slowest(modules: readonly TestModule[]): string[] {
  return modules
    .map((module) => ({ file: module.relativeModuleId, seconds: module.diagnostic().duration / 1000 }))
    .sort((one, other) => other.seconds - one.seconds)
    .slice(0, SLOWEST)
    .map(({ file, seconds }) => `took ${seconds.toFixed(0)} s: ${file}`);
}
