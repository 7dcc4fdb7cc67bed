import { checkText, renderDiagnostic } from "@agentpolicy/language";
import { type EmittedModule, emitModule } from "../../src/emit/emit.ts";
import { makePlan } from "../../src/plan/make.ts";

/** Checks and emits the text of a policy that has no errors. */
export const compileText = (text: string, path = "policy.agentpolicy"): EmittedModule => {
  const { policy, diagnostics, sources } = checkText(text, { path });
  if (policy === null) {
    const style = { style: "pretty", colour: false } as const;
    throw new Error(diagnostics.map((each) => renderDiagnostic(each, sources, style)).join("\n\n"));
  }
  return emitModule(makePlan(policy));
};
