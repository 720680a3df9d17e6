import { MAX_ADVISORY_DOCUMENT_BYTES } from '../../../foundation/base/limits.ts';
import { messageOf } from '../../../foundation/base/result.ts';
import type { Parsed } from '../../../foundation/base/result.ts';
import type { AdvisoryRecord } from '../../store/record.ts';
import { isObject, readJsonDocument, readYamlDocument } from '../documents.ts';
import type { FeedFile } from '../feed.ts';
import { piecesOf } from '../feed.ts';
import { readLines } from '../text.ts';
import type { OsvOptions } from './record.ts';
import { readOsvRecord } from './record.ts';

/** Yields what the records of a file say: one as JSON or YAML, a list of them, an answer of OSV's service (`{ vulns: [] }`), or one on each line of a `.jsonl`. */
export function* readOsvFile(file: FeedFile, options: Omit<OsvOptions, 'file'> = {}): Generator<Parsed<readonly AdvisoryRecord[]>> {
  if (file.name.endsWith('.jsonl')) {
    yield* readRecordLines(file, options);
    return;
  }
  // A file of one record is small; only JSON may hold many.
  const isLarge = file.bytes.length > MAX_ADVISORY_DOCUMENT_BYTES && file.name.endsWith('.json');
  const { value, problems } = isLarge ? readJsonDocument(file) : readYamlDocument(file);
  if (problems.length > 0) {
    yield { value: [], problems };
    return;
  }
  yield* readOsvDocument(value, { ...options, file: file.name });
}

/** Yields what a parsed document says: it is a record, a list of them, or an answer of OSV's service. */
export function* readOsvDocument(value: unknown, options: OsvOptions): Generator<Parsed<readonly AdvisoryRecord[]>> {
  const records: readonly unknown[] = Array.isArray(value) ? value : isObject(value) && Array.isArray(value.vulns) ? value.vulns : [value];
  for (const record of records) yield readOsvRecord(record, options);
}

function* readRecordLines(file: FeedFile, options: Omit<OsvOptions, 'file'>): Generator<Parsed<readonly AdvisoryRecord[]>> {
  for (const { text, number } of readLines(piecesOf(file))) {
    if (text.trim() === '') continue;
    const name = `${file.name}:${number}`;
    let record: unknown;
    try {
      record = JSON.parse(text);
    } catch (error) {
      yield { value: [], problems: [{ message: `${name}: ${messageOf(error)}`, line: number }] };
      continue;
    }
    yield readOsvRecord(record, { ...options, file: name });
  }
}
