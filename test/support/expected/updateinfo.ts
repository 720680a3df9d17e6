import type { Fact } from './reading.ts';

interface UpdateinfoOptions {
  /** Whether an update is for the release that is asked about, by its own text. */
  readonly isFor: (update: string) => boolean;
  /** The line of versions that an update is about, where a distribution has several of one package. */
  readonly lineOf?: (id: string) => string | undefined;
}

/** Returns what the updates of a repository fix: flaws are references of the type cve, else stand in the titles of references, and of an update without any it is its own id. */
export function readUpdateinfo(xml: string, { isFor, lineOf }: UpdateinfoOptions): readonly Fact[] {
  return [...xml.matchAll(/<update\b[\s\S]*?<\/update>/g)]
    .map(([update]) => update)
    .filter((update) => isFor(update) && (attribute(update, 'type') === 'security' || /type="cve"/.test(update)))
    .flatMap((update) => {
      const id = /<id>([^<]*)</.exec(update)?.[1] ?? '';
      const line = lineOf?.(id);
      return flawsOf(update, id).flatMap((flaw) =>
        [...update.matchAll(/<collection\b[\s\S]*?<\/collection>/g)].flatMap(([collection]) => {
          const [, module, stream] = [/<module\b[^>]*>/.exec(collection)?.[0] ?? ''].flatMap((tag) =>
            tag === '' ? [] : ['', attribute(tag, 'name'), attribute(tag, 'stream')],
          );
          const packages = [...collection.matchAll(/<package\b[^>]*>/g)]
            .map(([tag]) => tag)
            .filter((tag) => !/^(?:no)?src$/.test(attribute(tag, 'arch')));
          return packages.map((tag): Fact => {
            const epoch = attribute(tag, 'epoch');
            const version = attribute(tag, 'version');
            return {
              packageName: attribute(tag, 'name'),
              id: flaw,
              fixed: `${/^(?:0|)$/.test(epoch) ? '' : `${epoch}:`}${version}-${attribute(tag, 'release')}`,
              architectures: [attribute(tag, 'arch')],
              ...(line !== undefined && version.startsWith(`${line}.`) && { from: line }),
              ...(module !== undefined && stream !== undefined && { stream: `${module}:${stream}` }),
            };
          });
        }),
      );
    });
}

function flawsOf(update: string, id: string): readonly string[] {
  const references = [...update.matchAll(/<reference\b[^>]*>/g)].map(([tag]) => tag);
  const typed = references.filter((tag) => attribute(tag, 'type') === 'cve').flatMap((tag) => tag.match(/CVE-\d{4}-\d{4,}/) ?? []);
  const titled = references.flatMap((tag) => attribute(tag, 'title').match(/CVE-\d{4}-\d{4,}/g) ?? []);
  const said = update.replace(/<references>[\s\S]*<\/references>/, '').match(/CVE-\d{4}-\d{4,}/g) ?? [];
  return [...new Set([typed, titled, said, [id]].find((ids) => ids.length > 0))];
}

function attribute(tag: string, name: string): string {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
}
