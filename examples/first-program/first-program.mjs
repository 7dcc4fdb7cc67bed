// The program that started the project: a policy of rule objects, and a call that pauses for approval.
import { createAgentIAM, definePolicy } from "agentpolicy";

const myBankAPI = { transfer: (amount) => `transferred ${amount}` };

const iam = createAgentIAM({
  policy: definePolicy({
    rules: [
      { id: "safe", when: { action: "read_logs" }, decision: "allow" },
      { id: "transfer", when: { action: "transfer_money" }, decision: "approval_required" },
      { id: "nuke", when: { action: "delete_database", context: { env: "prod" } }, decision: "deny" },
    ],
  }),
});
const result = await iam.guard(
  { actor: { type: "agent", id: "bot1" }, action: { name: "transfer_money", input: { amount: 5000 } } },
  async () => myBankAPI.transfer(5000),
);
console.log(result.executed); // false: paused for approval
console.log(result.checkpoint.id); // "chk_…": resumable when approved
