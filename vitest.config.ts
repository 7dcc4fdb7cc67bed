import { defineConfig } from "vitest/config";
import { summaryReporter } from "./scripts/vitest-summary.ts";

// `import` and `require` are added where they fit; said here, `require` of other packages would get modules, too.
const conditions = ["agentpolicy-source", "node"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    setupFiles: ["./scripts/test-seed.mjs"],
    include: [
      "*/test/**/*.test.ts",
      "stores/*/test/**/*.test.ts",
      "sinks/*/test/**/*.test.ts",
      "scripts/test/**/*.test.mjs",
    ],
    reporters: ["default", summaryReporter],
    // Both cores of a small machine: most of the time is spent waiting for commands that tests start.
    maxWorkers: "100%",
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What is polled for is waited for as long as a test may last: no machine is too slow.
    expect: { poll: { timeout: 50_000 } },
  },
});
