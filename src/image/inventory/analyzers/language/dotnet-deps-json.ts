import type { Analyzer } from '../../analyzer.ts';
import { readDotnetDeps } from '../../dotnet-deps.ts';

/**
 * What a .NET program was published with, and what a shared framework of .NET is (`shared/Microsoft.NETCore.App/8.0.1/Microsoft.NETCore.App.deps.json`): the packages whose files lie beside it.
 *
 * @see https://github.com/dotnet/sdk/blob/main/documentation/specs/runtime-configuration-file.md
 */
export const analyzer: Analyzer = {
  id: 'dotnet-deps-json',
  version: 1,
  scope: 'database',
  names: ['*.json'],
  wants: (path) => path.endsWith('.deps.json'),
  analyze: ({ bytes }) => readDotnetDeps(bytes),
};
