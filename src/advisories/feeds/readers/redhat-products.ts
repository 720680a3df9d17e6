import type { RedHatProductsOf } from '../../store/record.ts';
import { isObject, readJsonDocument, textsIn, unreadable } from '../documents.ts';
import type { AdvisoryFeed } from '../feed.ts';

/**
 * Which products, by CPE, a Red Hat repository's packages belong to: `{ data: { "rhel-9-for-x86_64-baseos-rpms": { cpes: ["cpe:/o:redhat:enterprise_linux:9::baseos"] } } }`; and the same
 * of an image's build, `{ "ubi8-container-8.6-754-x86_64": ["cpe:/…"] }`. Without them nobody can tell which errata are for a package.
 * @see https://security.access.redhat.com/data/meta/v1/repository-to-cpe.json
 */
export const feed: AdvisoryFeed = {
  id: 'redhat-products',
  source: { name: 'Red Hat security metadata', url: 'https://security.access.redhat.com/data/meta/v1/', licence: 'CC-BY-4.0' },
  wants: (name) => /(?:^|\/)(?:repository|nvr)-to-cpe\.json$/.test(name),
  *read(file) {
    const { value, problems } = readJsonDocument(file);
    if (problems.length > 0) yield { value: [], problems };
    const of: RedHatProductsOf = /(?:^|\/)nvr-to-cpe\.json$/.test(file.name) ? 'nvr' : 'repository';
    const table = isObject(value) && isObject(value.data) ? value.data : value;
    if (!isObject(table)) {
      if (problems.length === 0) yield unreadable(file, 'no table of products');
      return;
    }
    for (const [name, entry] of Object.entries(table)) {
      const cpes = textsIn(isObject(entry) ? entry.cpes : entry);
      if (cpes.length === 0) yield unreadable(file, `${name} has no products`);
      else yield { value: [{ kind: 'redhat-products', of, name, cpes }], problems: [] };
    }
  },
};
