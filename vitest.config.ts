import { defineConfig } from "vitest/config";
import { summaryReporter } from "./scripts/vitest-summary.ts";

const conditions = ["agentpolicy-source", "node", "import", "default"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ["*/test/**/*.test.ts", "scripts/test/**/*.test.mjs"],
    reporters: ["default", summaryReporter],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
