import path from 'node:path/posix';
import type { Definition, DockerfileModel, Instruction, Stage } from '../../syntax/model.ts';
import { isPathIgnored } from '../queries/dockerignore.ts';
import { fixWith, removeDefinition } from '../queries/edits.ts';
import { copiesOf, isAbsolutePath, lineageOf, resolveWord } from '../queries/instructions.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL3011',
  slug: 'credentials-file-in-image',
  title: 'Credentials file among what is copied',
  severity: 'high',
  aliases: ['DS-0031'],
  fixable: 'suggested',
  docs: {
    reports:
      'ENV and ARG that name the file of credentials of a cloud or cluster (GOOGLE_APPLICATION_CREDENTIALS, AWS_SHARED_CREDENTIALS_FILE, KUBECONFIG …) in a place that an earlier COPY or ADD of the build context fills. Not reported: files elsewhere, which are mounted when the container runs, what comes from another stage, and what .dockerignore keeps out.',
    why: 'The key of the service account is in the image, for everybody who can pull it, and the variable even says where.',
    fix: 'Name the file in .dockerignore, and mount it: `RUN --mount=type=secret,…` in the build, a secret volume when the container runs; or use the identity that the platform gives to the workload.',
    bad: [
      'FROM python:3.13\nWORKDIR /app\nCOPY . .\nENV GOOGLE_APPLICATION_CREDENTIALS=/app/service.json\n',
      'FROM alpine:3.20\nCOPY src /app/\nENV AWS_SHARED_CREDENTIALS_FILE="./app/aws"\n',
      'FROM alpine:3.20\nCOPY kube.yaml /etc/kube.yaml\nARG KUBECONFIG=/etc/kube.yaml\n',
    ],
    good: [
      'FROM python:3.13\nWORKDIR /app\nCOPY . .\nENV GOOGLE_APPLICATION_CREDENTIALS=/run/secrets/service.json\n',
      'FROM alpine:3.20\nCOPY app.py /app/\nENV GOOGLE_APPLICATION_CREDENTIALS=/app/service.json\n',
      'FROM alpine:3.20\nENV GOOGLE_APPLICATION_CREDENTIALS=$KEY_FILE KUBECONFIG=\n',
    ],
    references: [
      'https://cloud.google.com/docs/authentication/application-default-credentials',
      'https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html',
    ],
  },
  *check(model, { dockerignore }) {
    const named = model.definitions.filter(({ name, resolved }) => NAMES.has(name) && resolved !== undefined && resolved !== '').slice(0, MAX_NAMED);
    if (named.length === 0) return;
    const workdirs = workdirsOf(model);
    const copies = copiesOf(model).flatMap((copy) => readCopy(model, copy, workdirs));
    for (const definition of named) {
      const { name, resolved = '', instruction, valueRange } = definition;
      const file = path.resolve(workdirs.get(instruction) ?? '/', resolved);
      const copy = copies.find((earlier) => isBefore(model, earlier.instruction, instruction) && brings(earlier, file, dockerignore));
      if (copy === undefined || valueRange === undefined) continue;
      const { keyword, range } = copy.instruction;
      yield {
        message: `The file that ${name} names is copied into the image by the ${keyword} of line ${range.start.line + 1}`,
        range: valueRange,
        fixes: fixWith('suggested', `Leave ${name} to the one who runs the container`, removeDefinition(model, definition)),
      };
    }
  },
};

/** Most variables that are looked at: each is compared with every COPY. */
const MAX_NAMED = 20;

/** From the manuals of the programs' SDKs. */
const NAMES: ReadonlySet<Definition['name']> = new Set([
  'GOOGLE_APPLICATION_CREDENTIALS',
  'CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_CONFIG_FILE',
  'AZURE_AUTH_LOCATION',
  'AZURE_CLIENT_CERTIFICATE_PATH',
  'OCI_CLI_CONFIG_FILE',
  'KUBECONFIG',
  'HF_TOKEN_PATH',
]);

interface Copy {
  readonly instruction: Instruction;
  /** What it copies to, from the root. */
  readonly target: string;
  /** Paths in the build context. */
  readonly sources: readonly string[];
}

function readCopy(model: DockerfileModel, instruction: Instruction, workdirs: ReadonlyMap<Instruction, string>): readonly Copy[] {
  const { args, flags } = instruction;
  const last = args.at(-1);
  if (last === undefined || args.length < 2 || flags.some(({ name }) => name === 'from')) return [];
  const written = resolveWord(model, instruction, last);
  if (written === undefined || (!written.startsWith('/') && isAbsolutePath(written))) return [];
  const sources = args.slice(0, -1).flatMap((word) => {
    const source = resolveWord(model, instruction, word);
    return source === undefined || /^[a-z][a-z0-9+.-]*:|^<</i.test(source) ? [] : [source];
  });
  return [{ instruction, target: path.resolve(workdirs.get(instruction) ?? '/', written), sources }];
}

/** Returns the WORKDIR in force at each instruction, `/` where none is known. */
function workdirsOf(model: DockerfileModel): ReadonlyMap<Instruction, string> {
  const ends = new Map<Stage | undefined, string>();
  const workdirs = new Map<Instruction, string>();
  for (const stage of model.stages) {
    let at = ends.get(stage.base) ?? '/';
    for (const instruction of stage.instructions) {
      workdirs.set(instruction, at);
      const [word] = instruction.args;
      if (instruction.keyword === 'WORKDIR' && word !== undefined)
        at = path.resolve(at, resolveWord(model, instruction, word) ?? '.').slice(0, MAX_PATH);
    }
    ends.set(stage, at);
  }
  return workdirs;
}

/** Longest path that is followed, in UTF-16 units. */
const MAX_PATH = 512;

/** True for an instruction of the same stage, or of one that it builds on, that comes before. */
function isBefore(model: DockerfileModel, earlier: Instruction, { stage, index, onbuild }: Instruction): boolean {
  if (earlier.index >= index || earlier.onbuild !== onbuild) return false;
  return earlier.stage === stage || lineageOf(model.stages[stage]).some((member) => member.index === earlier.stage);
}

function brings({ target, sources }: Copy, file: string, dockerignore: string | undefined): boolean {
  return sources.some((source) => {
    const inContext = sourceOf(source, target, file);
    return inContext !== undefined && (dockerignore === undefined || !isPathIgnored(dockerignore, inContext));
  });
}

/** Returns the path of `file` in the build context when `source`, copied to `folder`, brings it. A source with an extension is a file. */
function sourceOf(source: string, folder: string, file: string): string | undefined {
  const isFile = path.extname(source) !== '' && !source.endsWith('/') && !source.includes('*');
  if (isFile) return file === folder || file === path.join(folder, path.basename(source)) ? source : undefined;
  const inside = path.relative(folder, file);
  if (file === folder) return source;
  return inside.startsWith('..') ? undefined : path.join(source.replace(/\*.*$/, ''), inside);
}
