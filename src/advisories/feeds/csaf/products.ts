import { MAX_CSAF_DEPTH } from '../../../foundation/base/limits.ts';
import { isObject, objectsIn, textOf } from '../documents.ts';
import type { JsonObject } from '../documents.ts';

/** A product of the tree, or one thing as a component of another. */
export interface CsafProduct {
  readonly id: string;
  readonly name: string;
  readonly purl?: string;
  readonly cpe?: string;
  /** 'x86_64', when it stands below a branch of that architecture. */
  readonly architecture?: string;
}

/** A component and the product that it is a part of, as a vulnerability's status names them by one id. */
export interface CsafComponent {
  readonly component: CsafProduct;
  readonly product: CsafProduct;
}

/**
 * Returns the components that a document's product tree relates to products, by the id of the relation.
 * @see https://docs.oasis-open.org/csaf/csaf/v2.0/os/csaf-v2.0-os.html#322-product-tree-property
 */
export function readComponents(document: JsonObject): ReadonlyMap<string, CsafComponent> {
  const tree = isObject(document.product_tree) ? document.product_tree : {};
  const products = new Map<string, CsafProduct>();
  for (const entry of objectsIn(tree.full_product_names)) addProduct(products, entry, undefined);
  addBranches(products, tree.branches, undefined, 0);
  const components = new Map<string, CsafComponent>();
  for (const relation of objectsIn(tree.relationships)) {
    const id = isObject(relation.full_product_name) ? textOf(relation.full_product_name.product_id) : undefined;
    const component = products.get(textOf(relation.product_reference) ?? '');
    const product = products.get(textOf(relation.relates_to_product_reference) ?? '');
    if (id !== undefined && component !== undefined && product !== undefined) components.set(id, { component, product });
  }
  return components;
}

function addBranches(products: Map<string, CsafProduct>, branches: unknown, architecture: string | undefined, depth: number): void {
  if (depth > MAX_CSAF_DEPTH) return;
  for (const branch of objectsIn(branches)) {
    const own = branch.category === 'architecture' ? textOf(branch.name) : architecture;
    if (isObject(branch.product)) addProduct(products, branch.product, own);
    addBranches(products, branch.branches, own, depth + 1);
  }
}

/** Of several products of one id, which are one product said twice, the first counts. */
function addProduct(products: Map<string, CsafProduct>, entry: JsonObject, architecture: string | undefined): void {
  const id = textOf(entry.product_id);
  if (id === undefined || products.has(id)) return;
  const helper = isObject(entry.product_identification_helper) ? entry.product_identification_helper : {};
  const purl = textOf(helper.purl);
  const cpe = textOf(helper.cpe);
  products.set(id, {
    id,
    name: textOf(entry.name) ?? id,
    ...(purl !== undefined && { purl }),
    ...(cpe !== undefined && { cpe }),
    ...(architecture !== undefined && { architecture }),
  });
}
