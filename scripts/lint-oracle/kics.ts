import path from 'node:path';
import { filesBelow, readText, type OracleCase } from './case.ts';

const QUERIES = 'assets/queries/dockerfile';

/** assets/queries/dockerfile: each query's positive and negative Dockerfiles. */
export function readCases(checkout: string): readonly OracleCase[] {
  const folder = path.join(checkout, QUERIES);
  return filesBelow(folder)
    .filter((file) => /\/test\/(?:positive|negative)\d*\.dockerfile$/.test(file))
    .map((file) => {
      const { queryName } = JSON.parse(readText(folder, path.dirname(path.dirname(file)), 'metadata.json')) as { queryName: string };
      return { peer: 'kics', check: queryName, name: file, text: readText(folder, file), isReported: path.basename(file).startsWith('positive') };
    });
}
