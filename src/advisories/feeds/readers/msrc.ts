import type { Parsed } from '../../../foundation/base/result.ts';
import type { AdvisoryRecord } from '../../store/record.ts';
import { isObject, readJsonDocument, unreadable } from '../documents.ts';
import type { AdvisoryFeed } from '../feed.ts';
import { readAzureLinux } from '../msrc/azure-linux.ts';
import { readMsrcCsaf } from '../msrc/csaf.ts';
import { readMsrcCvrf } from '../msrc/cvrf.ts';

/**
 * Microsoft's security updates, as JSON: a document for each month (CVRF, `2023-Oct.json`) or for each flaw (CSAF, `msrc_cve-2025-29795.json`). A flaw of a release of Windows Server is fixed from a build
 * on, or by an update where none is told; one of a package of Azure Linux from a version on. Products that are in no image (Windows for desks, Office, Edge) give nothing.
 * @see https://msrc.microsoft.com/update-guide
 */
export const feed: AdvisoryFeed = {
  id: 'msrc',
  source: {
    name: 'Microsoft Security Update Guide',
    url: 'https://msrc.microsoft.com/update-guide',
    licence: "Microsoft's terms of use; facts only",
  },
  wants: (name) => CVRF_NAME.test(name) || /(?:^|\/)msrc_(?:cve-\d+-\d+|adv\d+)\.json$/i.test(name),
  *read(file) {
    const { value, problems } = readJsonDocument(file);
    if (problems.length > 0) yield { value: [], problems };
    else if (isObject(value) && isObject(value.ProductTree)) yield* named(file.name, readMsrcCvrf(value));
    else if (isObject(value) && isObject(value.product_tree)) {
      yield* named(file.name, readMsrcCsaf(value));
      yield* named(file.name, readAzureLinux(value));
    } else yield unreadable(file, 'no document of security updates');
  },
};

const CVRF_NAME = /(?:^|\/)(?:(?:msrc|cvrf)[-_])?20\d\d-(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?:-[A-Z])?\.json$/i;

function* named(file: string, items: Iterable<Parsed<readonly AdvisoryRecord[]>>): Generator<Parsed<readonly AdvisoryRecord[]>> {
  for (const { value, problems } of items)
    yield { value, problems: problems.map((problem) => ({ ...problem, message: `${file}: ${problem.message}` })) };
}
