/** Longest word that is compared: the work grows with the square of it. */
const MAX_LENGTH = 40;

/** Returns the candidate that `word` is most likely a misspelling of, by at most `maxSteps` letters; undefined when none is close. Case is ignored. */
export function nearestOf(word: string, candidates: Iterable<string>, maxSteps = 2): string | undefined {
  const typed = word.toLowerCase();
  if (typed.length < 2 || typed.length > MAX_LENGTH) return undefined;
  let best: string | undefined;
  // In a short word two wrong letters leave nothing to recognise.
  let bound = typed.length <= 3 ? 1 : maxSteps;
  for (const candidate of candidates) {
    if (candidate.length > MAX_LENGTH || Math.abs(candidate.length - typed.length) > bound) continue;
    const steps = distance(typed, candidate.toLowerCase());
    if (steps > bound || (best !== undefined && steps === bound)) continue;
    best = candidate;
    bound = steps;
  }
  return best;
}

/** Letters to add, drop, replace or swap with the next one to get from one word to the other. */
function distance(a: string, b: string): number {
  let older: readonly number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let steps = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) steps = Math.min(steps, (older[j - 2] ?? 0) + 1);
      row.push(steps);
    }
    older = previous;
    previous = row;
  }
  return previous[b.length] ?? 0;
}
