/** One part of a certificate's name. */
export interface NameAttribute {
  /** 'CN', 'O' …; dots where it has no short name. */
  readonly type: string;
  readonly value: string;
}

/** Returns the parts of a subject such as 'C=DE, O=Acme\, Inc.', as people and Notation write it; undefined when it is none. */
export function parseSubject(text: string): readonly NameAttribute[] | undefined {
  const parts = text.match(/(?:[^,\\]|\\[^])+/g) ?? [];
  const read = parts.flatMap((part): readonly NameAttribute[] => {
    const [, type = '', value = ''] = /^\s*([A-Za-z0-9.]+)\s*=([^]*)$/.exec(part) ?? [];
    const plain = value.trim().replaceAll(/\\([^])/g, '$1');
    return type === '' || plain === '' ? [] : [{ type: type.toUpperCase() === 'S' ? 'ST' : type.toUpperCase(), value: plain }];
  });
  return read.length > 0 && read.length === parts.length ? read : undefined;
}

/** Returns a serial number as it is compared: lower-case hex, without colons and leading zeros. */
export function toSerial(hex: string): string {
  return hex
    .toLowerCase()
    .replaceAll(':', '')
    .replace(/^0+(?=.)/, '');
}
