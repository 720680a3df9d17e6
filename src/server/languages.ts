import { buildFileKindOf } from '../engine/build-files.ts';
import type { BuildFileKind } from '../engine/build-files.ts';

/** Language ids that editors give to Dockerfiles: VS Code, Vim, Emacs, Helix, Zed, Sublime. */
const dockerfileLanguages: ReadonlySet<string> = new Set(['dockerfile', 'containerfile', 'docker']);
/** To compose files: VS Code with Docker's or Microsoft's extension, Vim. */
const composeLanguages: ReadonlySet<string> = new Set(['dockercompose', 'docker-compose', 'yaml.docker-compose']);
const yamlLanguages: ReadonlySet<string> = new Set(['yaml', 'yml']);

interface Identified {
  readonly languageId: string;
  readonly uri: string;
}

/** Returns what Plimsoll lints a document as: by its language, or by its name where the language does not tell; undefined when it leaves it alone. */
export function buildFileKind({ languageId, uri }: Identified): BuildFileKind | undefined {
  const language = languageId.toLowerCase();
  const path = uri.replace(/^[a-z][a-z0-9+.-]*:/i, '').replace(/[?#].*$/s, '');
  // Editors take Dockerfile.dockerignore for a Dockerfile.
  if (dockerfileLanguages.has(language)) return path.toLowerCase().endsWith('.dockerignore') ? undefined : 'dockerfile';
  if (composeLanguages.has(language)) return 'compose';
  const kind = buildFileKindOf(path);
  if (yamlLanguages.has(language)) return kind === 'compose' ? kind : undefined;
  return language === 'plaintext' ? kind : undefined;
}

export function isLintable(document: Identified): boolean {
  return buildFileKind(document) !== undefined;
}
