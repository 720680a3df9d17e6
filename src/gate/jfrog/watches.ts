import { isRecord, memberOf, textOf, type JsonRecord } from '../../registry/json.ts';

/** A watch that is active, and the policies bound to it. */
export interface Watch {
  readonly name: string;
  readonly resources: readonly JsonRecord[];
  readonly policies: readonly { readonly name: string; readonly type: string }[];
  /** Set by watchesOf: whether it is certain that images of the repository are among what it watches. */
  readonly surelyApplies: boolean;
  readonly record: JsonRecord;
}

/** Returns the active ones of Xray's watches. */
export function toWatches(records: readonly JsonRecord[]): readonly Watch[] {
  return records
    .filter((record) => memberOf(memberOf(record, 'general_data'), 'active') !== false)
    .map((record) => ({
      name: textOf(memberOf(record, 'general_data'), 'name') ?? '',
      resources: entriesOf(memberOf(memberOf(record, 'project_resources'), 'resources')),
      policies: entriesOf(memberOf(record, 'assigned_policies')).map((policy) => ({
        name: textOf(policy, 'name') ?? '',
        type: textOf(policy, 'type') ?? '',
      })),
      surelyApplies: true,
      record,
    }));
}

/** Returns the watches that look at images of the repository `key`, or may do so. */
export function watchesOf(watches: readonly Watch[], key: string): readonly Watch[] {
  return watches.flatMap((watch) => {
    const reaches = watch.resources.map((resource) => reachOf(resource, key));
    if (reaches.every((reach) => reach === 'no')) return [];
    return [{ ...watch, surelyApplies: reaches.includes('yes') }];
  });
}

type Reach = 'yes' | 'no' | 'maybe';

function reachOf(resource: JsonRecord, key: string): Reach {
  switch (textOf(resource, 'type')) {
    case 'repository':
      return textOf(resource, 'name') === undefined ? 'maybe' : textOf(resource, 'name') === key ? filtersOf(resource) : 'no';
    case 'all-repos':
      return filtersOf(resource);
    case 'project':
    case 'all-projects':
      return 'maybe';
    default:
      // Builds, release bundles and git repositories are no images' downloads.
      return /build|bundle|git/i.test(textOf(resource, 'type') ?? '') ? 'no' : 'maybe';
  }
}

/** Filters of different types narrow each other, those of one type add up; a pattern from elsewhere is never run here. */
function filtersOf(resource: JsonRecord): Reach {
  const filters = recordsOf(memberOf(resource, 'filters'));
  const types = filters.filter((filter) => textOf(filter, 'type') === 'package-type').map((filter) => textOf(filter, 'value')?.toLowerCase());
  if (types.includes(undefined)) return 'maybe';
  if (types.length > 0 && !types.includes('docker') && !types.includes('oci')) return 'no';
  const others = filters.filter((filter) => textOf(filter, 'type') !== 'package-type' && !takesAll(filter));
  return others.length === 0 ? 'yes' : 'maybe';
}

function takesAll(filter: JsonRecord): boolean {
  const type = textOf(filter, 'type');
  return (type === 'regex' || type === 'path-regex') && textOf(filter, 'value') === '.*';
}

/** Something that is no list stands for one entry that cannot be read: read as an empty list, the watch would watch nothing. */
function entriesOf(value: unknown): readonly JsonRecord[] {
  if (value === null) return [];
  return Array.isArray(value) ? value.map((entry: unknown) => (isRecord(entry) ? entry : {})) : [{}];
}

function recordsOf(value: unknown): readonly JsonRecord[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
