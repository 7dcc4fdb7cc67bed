import type { CallForm } from "../../protocol.ts";
import type { Asked, Shown } from "../messages.ts";
import { answerFor } from "./answer.ts";
import { element } from "./elements.ts";
import { type Form, formFor } from "./form.ts";

declare const acquireVsCodeApi: () => { readonly postMessage: (message: Asked) => void };

/** How long typing rests before the call is tried again, in milliseconds. */
const REST = 120;

const editor = acquireVsCodeApi();
const formPart = document.querySelector("#form") as HTMLElement;
const answerPart = document.querySelector("#answer") as HTMLElement;
let form: Form | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

const tryIt = (): void => {
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (form) editor.postMessage({ kind: "try", request: form.request(), figures: form.figures() });
  }, REST);
};

const choose = (tools: readonly string[], tool: string | null, policy: string): HTMLElement => {
  const select = element("select", {
    id: "tool",
    "aria-label": "tool",
    onchange: () => editor.postMessage({ kind: "choose", tool: select.value }),
  });
  select.append(...tools.map((name) => element("option", { value: name, selected: name === tool }, name)));
  return element(
    "header",
    {},
    element("label", { for: "tool" }, "call"),
    select,
    element("small", {}, policy),
  );
};

const build = (shown: Shown, of: CallForm): void => {
  form = formFor(of, tryIt);
  const copy = element("button", {
    class: "quiet",
    onclick: () => editor.postMessage({ kind: "copy", text: JSON.stringify(form?.request(), null, 2) }),
  });
  copy.append("Copy as JSON");
  formPart.replaceChildren(choose(shown.tools, shown.tool, shown.policy), form.node, copy);
  tryIt();
};

window.addEventListener("message", ({ data }: MessageEvent<Shown>) => {
  if (data.kind !== "shown") return;
  if (data.form) build(data, data.form);
  else if (data.tools.length === 0) {
    formPart.replaceChildren(element("p", {}, "The policy declares no tools yet."));
  }
  answerPart.replaceChildren(
    ...answerFor(data, (location) => editor.postMessage({ kind: "open", location })),
  );
});

editor.postMessage({ kind: "ready" });
