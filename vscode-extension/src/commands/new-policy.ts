import { SnippetString, window, workspace } from "vscode";
import { ID } from "../host.ts";

/** A policy to begin with: it is sound as it stands, and every part of it can be tabbed to. */
const STARTER = new SnippetString(`/// \${1:What the agents may do.}
policy \${2:payments}

// Or from a catalogue: tools bank from "./bank.tools.json"
tools \${3:bank} {
  \${4:transfer}(amount: number, to: string) @destructive
}

on $3.$4 {
  allow \${5:small}
    when input.amount <= \${6:500}

  require approval \${7:large}
    when input.amount > $6
    because "Transfer of {input.amount} to {input.to}."
}

test "\${8:a small transfer runs}" {
  call $3.$4 { amount: 1, to: "anna" }
  expect allow by $5
}
$0`);

/** Opens a new policy, not yet saved, to be filled in. */
export async function newPolicy(): Promise<void> {
  const document = await workspace.openTextDocument({ language: ID, content: "" });
  const editor = await window.showTextDocument(document);
  await editor.insertSnippet(STARTER);
}
