import { check, type Diagnostic, loadProgram } from "@agentpolicy/language";
import { type EmittedModule, emitModule } from "../emit/emit.ts";
import { makePlan } from "../plan/make.ts";
import { fileHost, nameBelow } from "./files.ts";

/** What a policy file came to. */
export interface CompiledFile {
  /** Null where there are errors. */
  readonly module: EmittedModule | null;
  readonly diagnostics: readonly Diagnostic[];
  /** Texts by path relative to the root, as the diagnostics name them. */
  readonly sources: ReadonlyMap<string, string>;
  /** Absolute paths of the files that it depends on. */
  readonly files: readonly string[];
}

/** Compiles a policy file: loads what it imports, checks it and writes it as a module. */
export const compileFile = (file: string, root: string): CompiledFile => {
  const host = fileHost(root);
  const { policy, diagnostics, sources } = check(loadProgram(nameBelow(root, file), host));
  return {
    module: policy === null ? null : emitModule(makePlan(policy)),
    diagnostics,
    sources,
    files: [...host.asked],
  };
};
