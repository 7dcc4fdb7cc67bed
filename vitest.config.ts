import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["agentpolicy-source", "node", "import", "default"] },
  ssr: { resolve: { conditions: ["agentpolicy-source", "node", "import", "default"] } },
  test: {
    include: ["*/test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
