import {
  commands,
  type ExtensionContext,
  env,
  languages,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
} from "vscode";
import { currentPolicy } from "../commands/current.ts";
import { ID } from "../host.ts";
import { show } from "../places.ts";
import type { Json } from "../protocol.ts";
import type { Server } from "../server.ts";
import { pageOf } from "./html.ts";
import type { Asked, Shown } from "./messages.ts";

/** A trial that is open beside its policy. */
interface Trial {
  readonly panel: WebviewPanel;
  readonly choose: (uri: Uri, tool: string | null) => void;
}

/** What the server's lenses hand over. */
interface Place {
  readonly uri: string;
  readonly tool: string;
}

/** `Try a Call`: one panel, which every further call of the command turns to another tool. */
export function answerTrials(context: ExtensionContext, server: Server): void {
  let trial: Trial | null = null;
  const open = async (place?: Place): Promise<void> => {
    const editor = place?.tool === undefined ? currentPolicy() : null;
    const uri = place?.tool === undefined ? editor?.document.uri : Uri.parse(place.uri);
    if (uri === undefined) return;
    const tool = place?.tool ?? (await toolUnder(server, uri, editor?.selection.active));
    if (trial === null) {
      trial = openTrial(context, server);
      trial.panel.onDidDispose(() => {
        trial = null;
      });
    }
    trial.panel.reveal(undefined, true);
    trial.choose(uri, tool);
  };
  context.subscriptions.push(commands.registerCommand(`${ID}.tryCall`, open));
}

/** The first tool of the block under the cursor; null where it is in none. */
async function toolUnder(
  server: Server,
  uri: Uri,
  position: { readonly line: number; readonly character: number } | undefined,
): Promise<string | null> {
  const answer = position && (await server.decisions(uri, position));
  return answer?.tools.find(({ tool }) => tool !== null)?.tool ?? null;
}

function openTrial({ extensionUri, subscriptions }: ExtensionContext, server: Server): Trial {
  const folder = Uri.joinPath(extensionUri, "dist");
  const panel = window.createWebviewPanel(
    `${ID}.trial`,
    "Try a Call",
    { viewColumn: ViewColumn.Beside, preserveFocus: true },
    { enableScripts: true, localResourceRoots: [folder], retainContextWhenHidden: true },
  );
  panel.iconPath = Uri.joinPath(extensionUri, "icons", "file-dark.svg");
  const asking: Asking = { uri: null, tool: null, form: "", request: undefined, figures: {} };
  const tell = async (): Promise<void> => {
    const shown = await answerFor(server, asking);
    if (shown) await panel.webview.postMessage(shown);
  };
  const changed = languages.onDidChangeDiagnostics(() => tell());
  panel.onDidDispose(() => changed.dispose());
  subscriptions.push(panel);
  panel.webview.onDidReceiveMessage(async (asked: Asked) => {
    switch (asked.kind) {
      case "ready":
        asking.form = "";
        return tell();
      case "choose":
        Object.assign(asking, { tool: asked.tool, form: "", request: undefined, figures: {} });
        return tell();
      case "try":
        Object.assign(asking, { request: asked.request, figures: asked.figures });
        return tell();
      case "open":
        return show(asked.location, ViewColumn.One);
      case "copy":
        return env.clipboard.writeText(asked.text);
    }
  });
  panel.webview.html = pageOf(panel.webview, folder);
  return {
    panel,
    choose: (uri, tool) => {
      Object.assign(asking, { uri, tool, form: "", request: undefined, figures: {} });
      void tell();
    },
  };
}

/** What the panel is about. */
interface Asking {
  uri: Uri | null;
  tool: string | null;
  /** The form that the page has, as text: it is sent again only where it is another. */
  form: string;
  request: Json | undefined;
  figures: Readonly<Record<string, number>>;
}

async function answerFor(server: Server, asking: Asking): Promise<Shown | null> {
  const { uri, request, figures } = asking;
  if (uri === null) return null;
  const ask = (tool: string | null) =>
    server.tryCall(uri, {
      ...(tool !== null && { tool }),
      ...(request !== undefined && { request, figures }),
    });
  const first = await ask(asking.tool);
  if (first === null) return null;
  asking.tool ??= first.tools[0] ?? null;
  const answer = first.form === null && asking.tool !== null ? ((await ask(asking.tool)) ?? first) : first;
  const { policy, tools, form, tried } = answer;
  const text = JSON.stringify([form?.tool, form?.input, form?.roots, form?.tracks]);
  const isNew = text !== asking.form;
  asking.form = text;
  return {
    kind: "shown",
    policy: decodeURIComponent(policy.uri.slice(policy.uri.lastIndexOf("/") + 1)),
    errors: policy.errors,
    tools,
    tool: asking.tool,
    form: isNew ? form : null,
    tried,
  };
}
