// `npm start`: an assistant's calls to the real MCP filesystem server, guarded by filesystem.agentpolicy. Nothing here is
// staged: the server is a process of its own, its tools are those that it lists now, the policy is compiled against them,
// and after each call the disk is read to see what really happened. Exit code 0 only if all of it is as it should be.
import { createAgentIAM, createCheckpoints, memory } from "agentpolicy";
import { compileFor } from "./demo/policy.mjs";
import { closing, heading, say } from "./demo/print.mjs";
import { startServer } from "./demo/server.mjs";
import { makeStage } from "./demo/stage.mjs";
import { STEPS } from "./demo/steps.mjs";

/** Who may show which badge: a host has sessions or tokens here. */
const PEOPLE = {
  "badge-kim": { id: "kim", roles: ["guest"] },
  "badge-dana": { id: "dana", roles: ["maintainer"] },
};

const stage = makeStage();
const server = await startServer(stage.files);
try {
  const { tools, version } = await server.list();
  const { policy, milliseconds } = await compileFor(tools, stage.policies);
  heading({ server: server.name, version, tools: tools.length, manifest: policy.manifest, milliseconds });

  const store = memory();
  const iam = createAgentIAM({ policy, store });
  const checkpoints = createCheckpoints({ store, authenticate: (badge) => PEOPLE[badge] });
  const request = (tool, input) => ({
    actor: { type: "agent", id: "assistant-1" },
    action: { name: tool, input },
    context: { workspace: stage.path("workspace"), drafts: stage.path("workspace/drafts") },
  });
  let wrong = 0;
  for (const [index, step] of STEPS.entries()) {
    const checks = [];
    const show = say(index + 1, stage);
    show.title(step.title);
    await step.run({
      iam,
      checkpoints,
      server,
      stage,
      request,
      show,
      check: (what, holds) => checks.push({ what, holds }),
    });
    show.checks(checks);
    wrong += checks.filter(({ holds }) => !holds).length;
  }
  closing(STEPS.length, wrong);
  process.exitCode = wrong === 0 ? 0 : 1;
} catch (error) {
  console.error(`\nThe demonstration could not go on: ${error.message}`);
  process.exitCode = 1;
} finally {
  await server.close();
  stage.remove();
}
