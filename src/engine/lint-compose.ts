import { fixComposeText, lintComposeText } from '../dockerfile/compose/lint-compose.ts';
import type { LintResult } from '../foundation/model/diagnostic.ts';
import { buildFileKindOf } from './build-files.ts';
import { fixDockerfile, lintDockerfile, toOptions } from './lint-dockerfile.ts';
import type { LintSettings } from './lint-dockerfile.ts';

export { composeSuppressionEdit } from '../dockerfile/compose/lint-compose.ts';

/** Returns what the rules say of the Dockerfiles written into a compose file (`dockerfile_inline`), at their places in it. */
export function lintCompose(text: string, settings: LintSettings = {}): LintResult {
  return lintComposeText(text, toOptions(settings));
}

/** Returns the compose file with every safe fix applied to the Dockerfiles written into it. */
export function fixCompose(text: string, settings: LintSettings = {}): string {
  return fixComposeText(text, 'safe', toOptions(settings));
}

/** Returns what lints the file called `path`, and what fixes it: one whose name says nothing is taken for a Dockerfile. */
export function linterFor(path: string): { readonly lint: typeof lintDockerfile; readonly fix: typeof fixDockerfile } {
  return buildFileKindOf(path) === 'compose' ? { lint: lintCompose, fix: fixCompose } : { lint: lintDockerfile, fix: fixDockerfile };
}
