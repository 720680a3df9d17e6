import type { CloudKey } from '../../foundation/model/cloud-key.ts';
import { isText, oneOf, optional, shape } from '../shape.ts';

type KeyOf<K extends CloudKey['kind']> = Extract<CloudKey, { readonly kind: K }>;

const isKeyPair = shape<KeyOf<'key-pair'>>({
  kind: oneOf('key-pair'),
  id: isText,
  secret: isText,
  sessionToken: optional(isText),
  region: optional(isText),
  project: optional(isText),
});

const isToken = shape<KeyOf<'token'>>({ kind: oneOf('token'), token: isText, project: optional(isText), url: optional(isText) });

/** True for what can be kept for a user: a pair, or a token. */
export function isCloudKey(value: unknown): value is CloudKey {
  return isKeyPair(value) || isToken(value);
}
