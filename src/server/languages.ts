/** Language ids that editors give to Dockerfiles: VS Code, Vim, Emacs, Helix, Zed, Sublime. */
const languageIds: ReadonlySet<string> = new Set(['dockerfile', 'containerfile', 'docker']);
/** Dockerfile, Dockerfile.dev, Containerfile, web.Dockerfile, web.dockerfile. */
const FILE_NAME = /(?:^|\/)(?:(?:Dockerfile|Containerfile)(?:\.[^/]*)?|[^/]*\.(?:dockerfile|containerfile))$/i;

/** True for a document that Plimsoll lints: by its language, or by its name where the editor knows no such language. */
export function isLintable(document: { readonly languageId: string; readonly uri: string }): boolean {
  if (languageIds.has(document.languageId.toLowerCase())) return true;
  return document.languageId === 'plaintext' && FILE_NAME.test(document.uri);
}
