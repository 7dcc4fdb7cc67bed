import { Uri, type Webview } from "vscode";

/** The page: its script and looks are files of the extension, and nothing else may be loaded. */
export function pageOf(webview: Webview, folder: Uri): string {
  const file = (name: string) => webview.asWebviewUri(Uri.joinPath(folder, name)).toString();
  const { cspSource } = webview;
  return `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${cspSource}; script-src ${cspSource};">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <link rel="stylesheet" href="${file("trial.css")}">
  <title>Try a Call</title>
</head>
<body>
  <main>
    <section id="form" aria-label="The call"></section>
    <section id="answer" aria-label="The decision" aria-live="polite"></section>
  </main>
  <script src="${file("trial.js")}"></script>
</body>
</html>`;
}
