import { extensions, type Uri } from "vscode";

/** What is used of the API (version 1) of the editor's own Git extension. */
interface GitApi {
  readonly getRepository: (uri: Uri) => Repository | null;
}

interface Repository {
  readonly state: { readonly HEAD?: { readonly commit?: string } };
  /** Rejects where the commit has no such file. */
  readonly show: (ref: string, path: string) => Promise<string>;
}

/** Reads files as they were at the last commit (null: not there); null where there is no Git or no commit. */
export async function headOf(uri: Uri): Promise<((file: Uri) => Promise<string | null>) | null> {
  const extension = extensions.getExtension<{ getAPI: (version: 1) => GitApi }>("vscode.git");
  if (extension === undefined) return null;
  try {
    const api = (await extension.activate()).getAPI(1);
    const repository = api.getRepository(uri);
    if (!repository?.state.HEAD?.commit) return null;
    return (file) => repository.show("HEAD", file.fsPath).catch(() => null);
  } catch {
    return null;
  }
}
