import type { Analyzer } from '../../analyzer.ts';
import { isJavaArchive, JAVA_ARCHIVE_NAMES, JavaArchiveReader } from '../../java-archive-reader.ts';

/**
 * Java archives, nested ones too: what Maven recorded in each (one pom.properties of each library that was unpacked into it), else what its manifest and its name say. `insideArchive` is the path of a nested one.
 * @see https://docs.oracle.com/en/java/javase/21/docs/specs/jar/jar.html
 */
export const analyzer: Analyzer = {
  id: 'java-archive',
  version: 2,
  scope: 'file',
  names: JAVA_ARCHIVE_NAMES,
  wants: isJavaArchive,
  open: (path) => new JavaArchiveReader(path),
  analyze: (file) => new JavaArchiveReader(file.path).readWhole(file.bytes),
};
