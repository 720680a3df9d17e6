import path from 'node:path';

/**
 * Returns a path for a service that knows the files of a repository: relative to `workingDirectory` when it lies below, with `/` between names and no `./` before them; else as it is.
 * `-` is standard input.
 */
export function toReportPath(file: string, workingDirectory: string | undefined): string {
  const relative = workingDirectory !== undefined && path.isAbsolute(file) ? path.relative(workingDirectory, file) : path.normalize(file);
  const below = relative !== '' && !path.isAbsolute(relative) && !relative.split(path.sep).includes('..');
  return (below ? relative : file).replaceAll(path.sep, '/');
}
