/**
 * Returns pacman's order of `epoch:version-release`, from the page of its tool vercmp: runs of digits and letters as rpm has them, but more characters between two runs are newer, letters that one has alone are older
 * (1.0rc is below 1.0, 1.0.1 above), and releases count only where both have one.
 * @see https://man.archlinux.org/man/vercmp.8
 */
export function compareAlpm(a: string, b: string): number {
  const [left, right] = [split(a), split(b)];
  return (
    Math.sign(left.epoch - right.epoch) ||
    compareRuns(left.version, right.version) ||
    (left.release === undefined || right.release === undefined ? 0 : compareRuns(left.release, right.release))
  );
}

function split(text: string): { epoch: number; version: string; release: string | undefined } {
  const [, epoch = '0', version = '', release] = /^(?:(\d+):)?(.*?)(?:-([^-]*))?$/.exec(text) ?? [];
  return { epoch: Number(epoch), version, release };
}

function compareRuns(a: string, b: string): number {
  const [left, right] = [runsOf(a), runsOf(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const [x, y] = [left[i], right[i]];
    if (x === undefined) return whenAlone(y, 1);
    if (y === undefined) return whenAlone(x, -1);
    const order = x.between - y.between || compareRun(x.run, y.run);
    if (order !== 0) return Math.sign(order);
  }
  return 0;
}

interface Run {
  /** How many characters stand between it and the one before. */
  readonly between: number;
  readonly run: string;
}

function runsOf(text: string): readonly Run[] {
  return [...text.matchAll(/([^a-z\d]*)(\d+|[a-z]+)/gi)].map(([, between = '', run = '']) => ({ between: between.length, run }));
}

/** Letters right behind what both have are older than nothing; `side` is whose order it is. */
function whenAlone(rest: Run | undefined, side: 1 | -1): number {
  return rest !== undefined && rest.between === 0 && /^[a-z]/i.test(rest.run) ? side : -side;
}

function compareRun(x: string, y: string): number {
  const [isNumber, isOther] = [/^\d/.test(x), /^\d/.test(y)];
  if (isNumber !== isOther) return isNumber ? 1 : -1;
  if (!isNumber) return x < y ? -1 : x > y ? 1 : 0;
  return Number(BigInt(x) - BigInt(y) > 0n) - Number(BigInt(x) - BigInt(y) < 0n);
}

/** Returns a version just below one and one above it. */
export function besideAlpm(version: string): readonly [below: string, above: string] {
  const [, head = '', release = '1'] = /^(.*-)(\d+)(?:\.\d+)*$/.exec(version) ?? [];
  return [`${head}${String(Number(release) - 1)}.9`, `${version}.1`];
}
