/** A row of the table of Microsoft's updates. */
export interface UpdateRow {
  readonly cve: string;
  readonly kb: string;
  readonly product: string;
  readonly supersedes: readonly string[];
}

/** Rows of one product; every cell is in quotes, and none has a quote in it where it matters. */
export function readUpdates(csv: string, products: readonly string[]): readonly UpdateRow[] {
  return csv.split('\n').flatMap((line) => {
    // The last cell is empty and stands without quotes.
    const cells = line.replace(/^"|"?,?\r?$/g, '').split('","');
    const [, cve = '', kb = '', , product = '', , , , supersedes = ''] = cells;
    return products.includes(product) ? [{ cve, kb, product, supersedes: supersedes.split(/[;,\s]+/).filter((id) => /^\d{6,8}$/.test(id)) }] : [];
  });
}

/** Returns the flaws that are open with one update installed: those that neither it fixes nor anything it supersedes, however far back. */
export function openFlaws(rows: readonly UpdateRow[], installed: string): readonly string[] {
  const older = new Map<string, Set<string>>();
  for (const { kb, supersedes } of rows) older.set(kb, new Set([...(older.get(kb) ?? []), ...supersedes]));
  const has = new Set<string>();
  const visit = (kb: string): void => {
    if (has.has(kb)) return;
    has.add(kb);
    for (const next of older.get(kb) ?? []) visit(next);
  };
  visit(installed);
  const flaws = new Set(rows.map(({ cve }) => cve).filter((id) => /^CVE-\d{4}-\d+$/.test(id)));
  const fixed = new Set(rows.filter(({ kb }) => has.has(kb)).map(({ cve }) => cve));
  return [...flaws].filter((id) => !fixed.has(id)).sort();
}
