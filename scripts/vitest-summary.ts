import type { Reporter } from "vitest/reporters";

/** A vitest reporter whose one job is a last line that people and machines both read: `Tests: 12 passed, 0 failed`. */
export const summaryReporter: Reporter = {
  onTestRunEnd(modules, errors) {
    const count = { passed: 0, failed: errors.length, skipped: 0, pending: 0 };
    for (const module of modules) {
      const failedBefore = count.failed;
      for (const test of module.children.allTests()) count[test.result().state] += 1;
      // A file that could not be loaded, or whose hooks failed, has failed even if none of its tests has.
      if (module.state() === "failed" && count.failed === failedBefore) count.failed += 1;
    }
    if (count.skipped > 0) console.log(`Skipped: ${count.skipped}`);
    console.log(`Tests: ${count.passed} passed, ${count.failed + count.pending} failed`);
  },
};
