import { parseDockerfile } from '../dockerfile/syntax/parse.ts';
import type { Finding } from '../foundation/model/finding.ts';
import type { HistoryEntry } from '../foundation/model/image.ts';
import type { TextRange } from '../foundation/model/text-range.ts';
import { redactSecrets } from '../image/content/redact-text.ts';
import { toInstructions } from '../image/content/history-instructions.ts';

/**
 * Returns the findings with `location.dockerfileRange` set on those that an instruction of this Dockerfile brought in.
 *
 * The tail of an image's history is its Dockerfile's final stage, one entry an instruction; what lies before it is the base image. So both are walked from their ends,
 * pairing equal instructions. An instruction that history does not know (edited since the build) is passed over; one that only shares its keyword is never paired,
 * because a finding shown on the wrong line is worse than one shown on none. `history` has its secrets redacted, so the Dockerfile's are before they are compared.
 */
export function placeOnDockerfile(findings: readonly Finding[], history: readonly HistoryEntry[], dockerfile: string): readonly Finding[] {
  const ranges = pairHistory(history, dockerfile);
  return findings.map((finding) => {
    const range = finding.location.historyIndex === undefined ? undefined : ranges.get(finding.location.historyIndex);
    return range === undefined ? finding : { ...finding, location: { ...finding.location, dockerfileRange: range } };
  });
}

interface Step {
  readonly keyword: string;
  readonly body: string;
}

function pairHistory(history: readonly HistoryEntry[], dockerfile: string): ReadonlyMap<number, TextRange> {
  const model = parseDockerfile(dockerfile);
  const stage = model.stages.at(-1);
  const written = (stage?.instructions ?? [])
    .filter(({ keyword }) => keyword !== 'FROM')
    .map((instruction) => ({ range: instruction.range, ...toStep(instruction.keyword, redactSecrets(instruction.argsText)) }));
  const built = toInstructions(history).map(({ historyIndex, text }) => ({
    historyIndex,
    ...toStep(text.split(/\s/, 1)[0] ?? '', text.replace(/^\S+\s*/, '')),
  }));
  const ranges = new Map<number, TextRange>();
  let next = built.length - 1;
  for (const step of written.toReversed()) {
    let candidate = next;
    while (candidate >= 0 && !isSameStep(step, built[candidate])) candidate--;
    const match = built[candidate];
    if (match === undefined) continue;
    ranges.set(match.historyIndex, step.range);
    next = candidate - 1;
  }
  return ranges;
}

function toStep(keyword: string, body: string): Step {
  return {
    keyword: keyword.toUpperCase(),
    // Continuations, quotes and the spaces around them are written one way in the file and another in the history.
    body: body.replaceAll(/\\\r?\n|[\s"']+/g, ''),
  };
}

/** COPY and ADD are recorded with a checksum in place of their sources: there the destination has to do. */
function isSameStep(written: Step, built: Step | undefined): boolean {
  if (written.keyword !== built?.keyword) return false;
  if (written.body === built.body) return true;
  return (written.keyword === 'COPY' || written.keyword === 'ADD') && destinationOf(written.body) === destinationOf(built.body);
}

function destinationOf(body: string): string {
  return body.slice(body.lastIndexOf('/'));
}
