import type { ImagePath } from '../../foundation/model/brand.ts';
import type { Remediation } from '../../foundation/model/finding.ts';

/** Returns what to do about a secret in a file of the image. `replace` says how it is made worthless, as the end of a sentence. */
export function remedyForSecretFile(path: ImagePath, replace: string): readonly Remediation[] {
  return [
    { kind: 'manual', text: `Treat it as known to everybody who can pull the image, and replace it: ${replace}.`, description: 'Replace the secret' },
    {
      kind: 'manual',
      text: `Keep the file out of the image: add ${JSON.stringify(path.slice(path.lastIndexOf('/') + 1))} to .dockerignore, or don't copy it. Deleting it in a later instruction leaves it in the layer below.`,
      description: 'Keep it out of the layers',
    },
    secretMount,
  ];
}

/** Returns what to do about a secret in ENV, a label or a build command. */
export function remedyForSecretInConfig(replace: string): readonly Remediation[] {
  return [
    { kind: 'manual', text: `Treat it as known to everybody who can pull the image, and replace it: ${replace}.`, description: 'Replace the secret' },
    {
      kind: 'manual',
      text: 'Take it out of ENV, ARG, LABEL and RUN, and give it to the container when it starts.',
      description: 'Keep it out of the configuration',
    },
    secretMount,
  ];
}

const secretMount: Remediation = {
  kind: 'dockerfile',
  text: 'RUN --mount=type=secret,id=credentials,target=/run/secrets/credentials your-command',
  description: 'Where the build itself needs it: mounted for one instruction, never stored in a layer',
};
