import type * as lsp from "vscode-languageserver-protocol/node";
import type { InlayHint, Lens, LensCommand, Signature } from "../../../../src/ide/model.ts";
import type { LensData } from "../../../../src/server/features/lenses.ts";
import { shownHints } from "../../shown/inlay.ts";
import { shownLenses, shownValues } from "../../shown/lenses.ts";
import { shownSignature } from "../../shown/signature.ts";
import type { Ask, Scene } from "../scene.ts";

/** What stands beside the text. */
export const BESIDE: Readonly<Record<string, Ask>> = {
  inlay: async (scene) => {
    const found = (await scene.ask<lsp.InlayHint[] | null>("inlayHint", { range: scene.marked })) ?? [];
    return shownHints(
      scene.text,
      found.map((hint) => hintOf(scene, hint)),
    );
  },
  inline: async (scene) => {
    const { client, textDocument, asked, marked: range } = scene;
    const given = (name: string) => JSON.parse(asked.files[name] ?? "{}");
    const params = { textDocument, request: given("request.json"), figures: given("figures.json") };
    await client.connection.sendRequest("agentpolicy/tryCall", params);
    const context = { frameId: 0, stoppedLocation: range };
    const found = await scene.ask<lsp.InlineValueText[]>("inlineValue", { range, context });
    const plain = found.map((value) => ({ span: scene.span(value.range), text: value.text }));
    return shownValues(scene.text, plain);
  },
  signature: async (scene) => {
    const found = await scene.ask<lsp.SignatureHelp | null>("signatureHelp");
    return shownSignature(signatureOf(found));
  },
  lenses: async (scene) => {
    const found = (await scene.ask<lsp.CodeLens[] | null>("codeLens")) ?? [];
    const resolved = new Map<Lens, Lens>();
    for (const lens of found) {
      const plain = lensOf(scene, lens);
      const later =
        lens.data && (await scene.client.connection.sendRequest<lsp.CodeLens>("codeLens/resolve", lens));
      resolved.set(plain, later ? lensOf(scene, later) : plain);
    }
    return shownLenses(scene.text, [...resolved.keys()], (lens) => resolved.get(lens) ?? lens);
  },
};

const markdown = (given: string | lsp.MarkupContent): string =>
  typeof given === "string" ? given : given.value;

const hintOf = (scene: Scene, { position, label, kind, tooltip }: lsp.InlayHint): InlayHint => ({
  offset: scene.span({ start: position, end: position }).start,
  text: label as string,
  kind: kind === 1 ? "type" : kind === 2 ? "parameter" : "count",
  ...(tooltip !== undefined && { tooltip: markdown(tooltip) }),
});

const signatureOf = (found: lsp.SignatureHelp | null): Signature | null => {
  const [first] = found?.signatures ?? [];
  if (!first) return null;
  return {
    label: first.label,
    active: first.activeParameter ?? 0,
    parameters: (first.parameters ?? []).map(({ label, documentation }) => ({
      label: { start: Number(label[0]), end: Number(label[1]) },
      ...(documentation !== undefined && { doc: markdown(documentation) }),
    })),
    ...(first.documentation !== undefined && { doc: markdown(first.documentation) }),
  };
};

interface Given {
  readonly uri: string;
  readonly range: lsp.Range;
  readonly test: string;
  readonly tool: string;
  readonly tools: readonly string[];
}

const lensOf = (scene: Scene, { range, command, data }: lsp.CodeLens): Lens => {
  const done = commandOf(scene, command);
  return {
    span: scene.span(range),
    title: command?.title ?? "",
    ...(done && { command: done }),
    ...(data !== undefined && { pending: (data as LensData).pending }),
  };
};

function commandOf(scene: Scene, command: lsp.Command | undefined): LensCommand | undefined {
  const given: Given = command?.arguments?.[0];
  const file = given && scene.path(given.uri);
  switch (command?.command) {
    case "agentpolicy.runTest":
      return { name: "runTest", file, test: given.test };
    case "agentpolicy.tryCall":
      return { name: "tryCall", file, tool: given.tool };
    case "agentpolicy.showTools":
      return { name: "showTools", file, at: scene.span(given.range, file), tools: given.tools };
    default:
      return undefined;
  }
}
