import type { Fact } from './reading.ts';

interface BodhiUpdate {
  readonly updateid: string;
  readonly type: string;
  readonly status: string;
  readonly title?: string;
  readonly notes?: string;
  readonly release: { readonly name: string };
  readonly builds: readonly { readonly nvr: string; readonly type: string; readonly epoch?: number | null }[];
  readonly bugs: readonly { readonly title: string | null }[];
}

/** Returns what Bodhi's updates of one release ('F40') fix, once they are stable: the builds, which are named after sources. Flaws stand in the titles of bugs, else in the update's own words. */
export function readBodhi(json: string, release: string): readonly Fact[] {
  const document = JSON.parse(json) as readonly BodhiUpdate[] | { readonly updates: readonly BodhiUpdate[] };
  const updates = 'updates' in document ? document.updates : document;
  return updates
    .filter((update) => update.release.name === release && update.type === 'security' && update.status === 'stable')
    .flatMap((update) => {
      const find = (text: string): readonly string[] => text.match(/CVE-\d{4}-\d{4,}/g) ?? [];
      const titled = find(update.bugs.map(({ title }) => title).join(' '));
      const flaws = titled.length > 0 ? titled : find(`${update.title ?? ''} ${update.notes ?? ''}`);
      return [...new Set(flaws.length > 0 ? flaws : [update.updateid])].flatMap((id) =>
        update.builds
          .filter(({ type }) => type === 'rpm')
          .map(({ nvr, epoch }): Fact => {
            const parts = nvr.split('-');
            const version = parts.slice(-2).join('-');
            return { packageName: parts.slice(0, -2).join('-'), id, fixed: epoch ? `${String(epoch)}:${version}` : version };
          }),
      );
    });
}
