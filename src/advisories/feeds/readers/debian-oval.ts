import { toAdvisoryId } from '../../../foundation/model/brand.ts';
import type { AdvisoryRecord, StoredAdvisory } from '../../store/record.ts';
import type { AdvisoryFeed } from '../feed.ts';
import { scanXml } from '../xml.ts';

/**
 * Debian's OVAL definitions of one release. A definition names CVEs and, by reference to a test, an object and a state, the source package and the version below which it is
 * affected; version 0 stands for "no fix yet". What Debian calls not affected has no definition. Definitions of class `patch` name the DSA as well.
 * @see https://www.debian.org/security/oval/
 */
export const feed: AdvisoryFeed = {
  id: 'debian-oval',
  source: { name: 'Debian Security Tracker', url: 'https://www.debian.org/security/oval/', licence: 'published without a licence; facts only' },
  wants: (name) => /(?:^|\/)oval-definitions-[^/]*\.xml$/.test(name),
  *read(file) {
    const document = readDocument(new TextDecoder().decode(file.bytes));
    for (const message of document.problems) yield { value: [], problems: [{ message: `${file.name}: ${message}` }] };
    for (const definition of document.definitions) {
      const value = toRecords(definition, document);
      const problems =
        value.length > 0 || definition.ids.length === 0 ? [] : [{ message: `${file.name}: ${definition.ids.join(', ')}: no package or version` }];
      yield { value, problems };
    }
  },
};

interface Definition {
  readonly platform: string;
  readonly ids: readonly string[];
  readonly dsa: string;
  readonly tests: readonly string[];
}

interface OvalDocument {
  readonly definitions: readonly Definition[];
  /** Test id to the ids of its object and state. */
  readonly tests: ReadonlyMap<string, { readonly object: string; readonly state: string }>;
  readonly packageNames: ReadonlyMap<string, string>;
  readonly versions: ReadonlyMap<string, string>;
  readonly problems: readonly string[];
}

/** Everything here lies three deep at most, so that the last opened element of each level is all the position there is to keep. */
function readDocument(text: string): OvalDocument {
  const definitions: Definition[] = [];
  const tests = new Map<string, { object: string; state: string }>();
  const packageNames = new Map<string, string>();
  const versions = new Map<string, string>();
  const problems: string[] = [];
  let definition: { platform: string; ids: string[]; dsa: string; tests: string[] } | undefined;
  let owner = '';
  let element = '';
  for (const event of scanXml(text)) {
    switch (event.kind) {
      case 'open': {
        const { name, attributes } = event;
        element = name;
        if (name === 'definition') definition = { platform: '', ids: [], dsa: '', tests: [] };
        else if (name === 'reference' && attributes.get('source') === 'CVE') definition?.ids.push(attributes.get('ref_id') ?? '');
        else if (name === 'criterion') definition?.tests.push(attributes.get('test_ref') ?? '');
        else if (name === 'object') getOrCreate(tests, owner).object = attributes.get('object_ref') ?? '';
        else if (name === 'state') getOrCreate(tests, owner).state = attributes.get('state_ref') ?? '';
        else if (/_(?:test|object|state)$/.test(name)) owner = attributes.get('id') ?? '';
        break;
      }
      case 'text':
        if (element === 'platform' && definition !== undefined) definition.platform = event.text;
        else if (element === 'dsa' && definition !== undefined) definition.dsa = event.text;
        else if (element === 'name') packageNames.set(owner, event.text);
        else if (element === 'evr') versions.set(owner, event.text);
        break;
      case 'close':
        element = '';
        if (event.name === 'definition' && definition !== undefined) {
          definitions.push(definition);
          definition = undefined;
        }
        break;
      case 'problem':
        problems.push(`${event.message} at ${event.offset}`);
        break;
    }
  }
  return { definitions, tests, packageNames, versions, problems };
}

function toRecords(definition: Definition, document: OvalDocument): readonly AdvisoryRecord[] {
  const major = /^Debian GNU\/Linux (\d+)$/.exec(definition.platform)?.[1];
  if (major === undefined) return [];
  return definition.tests.flatMap((test) => {
    const { object, state } = document.tests.get(test) ?? { object: '', state: '' };
    const packageName = document.packageNames.get(object);
    const version = document.versions.get(state)?.replace(/^0:/, '');
    if (packageName === undefined || version === undefined) return [];
    const advisory: StoredAdvisory = {
      ...(version === '0' ? { status: 'affected' } : { fixedVersion: version }),
      ...(definition.dsa !== '' && { vendorIds: [definition.dsa] }),
    };
    return definition.ids
      .filter((id) => id !== '')
      .map((id) => ({ kind: 'affected', bucket: `debian ${major}`, packageName, id: toAdvisoryId(id), advisory }) as const);
  });
}

function getOrCreate(tests: Map<string, { object: string; state: string }>, id: string): { object: string; state: string } {
  const found = tests.get(id) ?? { object: '', state: '' };
  tests.set(id, found);
  return found;
}
