import { MAX_XML_ELEMENTS } from '../../foundation/base/limits.ts';
import { scanXml } from './xml.ts';

/** An element with all that is in it; names are without prefixes. `text` is its own text, not that of its children, without the space around it. */
export interface XmlElement {
  readonly local: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

export type XmlItem = { readonly element: XmlElement; readonly problem?: undefined } | { readonly element?: undefined; readonly problem: string };

interface Builder {
  readonly local: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  text: string;
}

/**
 * Yields the outermost elements that `wants` names, one by one and whole, so that a document of any length needs no more memory than its largest entry. An entry that the document
 * ends inside is not given: what it says may be the half of it.
 */
export function* readElements(source: string | Iterable<Uint8Array>, wants: (local: string) => boolean): Generator<XmlItem> {
  const open: Builder[] = [];
  let count = 0;
  for (const event of scanXml(source)) {
    const parent = open.at(-1);
    switch (event.kind) {
      case 'open':
        if (parent === undefined && !wants(event.local)) break;
        count = parent === undefined ? 1 : count + 1;
        if (count > MAX_XML_ELEMENTS) {
          yield { problem: `<${open[0]?.local ?? ''}> holds more than ${MAX_XML_ELEMENTS} elements` };
          return;
        }
        open.push({ local: event.local, attributes: event.attributes, children: [], text: '' });
        break;
      case 'text':
        if (parent !== undefined) parent.text += event.text;
        break;
      case 'close': {
        // Elements that nobody wants are not open here.
        const built = open.pop();
        if (built === undefined) break;
        const element: XmlElement = { ...built, text: built.text.trim() };
        const around = open.at(-1);
        if (around === undefined) yield { element };
        else around.children.push(element);
        break;
      }
      case 'problem':
        yield { problem: `${event.message} at ${event.offset}` };
        break;
    }
  }
}

/** Returns the first child of that name. */
export function childOf(element: XmlElement | undefined, local: string): XmlElement | undefined {
  return element?.children.find((child) => child.local === local);
}

export function childrenOf(element: XmlElement | undefined, local: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.local === local) ?? [];
}

/** Returns an attribute without the space around it, '' when it is missing. */
export function attributeOf(element: XmlElement | undefined, name: string): string {
  return element?.attributes.get(name)?.trim() ?? '';
}
