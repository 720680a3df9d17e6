/**
 * Returns rpm's order of `epoch:version-release`, from its manual: an epoch that is missing is 0; versions are compared in runs of digits and of letters, whatever stands between them; digits are numbers, and newer than
 * letters; who has more is newer, but a tilde is older than the end and a caret newer than the end and older than all else.
 * @see https://rpm-software-management.github.io/rpm/manual/dependencies.html
 */
export function compareRpm(a: string, b: string): number {
  const [left, right] = [split(a), split(b)];
  return (
    Math.sign(left.epoch - right.epoch) ||
    compareRuns(left.version, right.version) ||
    (left.release === undefined || right.release === undefined ? 0 : compareRuns(left.release, right.release))
  );
}

function split(text: string): { epoch: number; version: string; release: string | undefined } {
  const [, epoch = '0', version = '', release] = /^(?:(\d+):)?([^-]*)(?:-(.*))?$/.exec(text) ?? [];
  return { epoch: Number(epoch), version, release };
}

/** Where each kind of run stands beside others; the end of the text is one. */
const ranks = { tilde: 0, end: 1, caret: 2, letters: 3, digits: 4 } as const;

function compareRuns(a: string, b: string): number {
  const [left, right] = [runsOf(a), runsOf(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const [x = '', y = ''] = [left[i], right[i]];
    const order = rankOf(x) - rankOf(y) || compareSame(x, y);
    if (order !== 0) return Math.sign(order);
  }
  return 0;
}

function runsOf(text: string): readonly string[] {
  return text.match(/\d+|[a-z]+|[~^]/gi) ?? [];
}

function rankOf(run: string): number {
  if (run === '') return ranks.end;
  if (run === '~') return ranks.tilde;
  if (run === '^') return ranks.caret;
  return /^\d/.test(run) ? ranks.digits : ranks.letters;
}

function compareSame(x: string, y: string): number {
  if (!/^\d/.test(x)) return x < y ? -1 : x > y ? 1 : 0;
  const difference = BigInt(x) - BigInt(y);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Returns a version just below one and one above it, both of the same build: what names it (`.el9`, `_fips`, `.module+el8`) stays behind the number that is changed. */
export function besideRpm(version: string): readonly [below: string, above: string] {
  const [, head = '', first = '', rest = ''] = /^(.*-)?([A-Za-z0-9]*)(.*)$/.exec(version) ?? [];
  return [`${head}${first}~${rest}`, `${head}${first}.99999999999${rest}`];
}
