/**
 * Returns dpkg's order of `epoch:version-revision`, from its manual: what is no digit and what is are compared in turn; letters are older than all that is no letter, and a tilde is older than the end.
 * @see https://www.debian.org/doc/debian-policy/ch-controlfields.html#version
 */
export function compareDeb(a: string, b: string): number {
  const [left, right] = [split(a), split(b)];
  return Math.sign(left.epoch - right.epoch) || comparePart(left.version, right.version) || comparePart(left.revision, right.revision);
}

function split(text: string): { epoch: number; version: string; revision: string } {
  const [, epoch = '0', version = '', revision = '0'] = /^(?:(\d+):)?(.*?)(?:-([^-]*))?$/.exec(text) ?? [];
  return { epoch: Number(epoch), version, revision };
}

function comparePart(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => [...text.matchAll(/(\D*)(\d*)/g)].map(([, words = '', digits = '']) => [words, digits] as const)) as [
    (readonly [string, string])[],
    (readonly [string, string])[],
  ];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const [[x, m], [y, n]] = [left[i] ?? ['', ''], right[i] ?? ['', '']];
    const order = compareWords(x, y) || Math.sign(Number(m) - Number(n));
    if (order !== 0) return order;
  }
  return 0;
}

function compareWords(x: string, y: string): number {
  for (let i = 0; i < Math.max(x.length, y.length); i++) {
    const order = weightOf(x.charAt(i)) - weightOf(y.charAt(i));
    if (order !== 0) return Math.sign(order);
  }
  return 0;
}

function weightOf(character: string): number {
  if (character === '~') return -1;
  if (character === '') return 0;
  return /[a-z]/i.test(character) ? character.charCodeAt(0) : character.charCodeAt(0) + 256;
}
