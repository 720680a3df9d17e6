import { decideLikeBinaryAuthorization } from '../google/decide.ts';
import { isGoogleRegistry, readBinaryAuthorization } from '../google/read.ts';
import type { PolicyProvider } from '../provider.ts';

/**
 * Google Binary Authorization: what may run in a project's clusters. It gates the deployment, not the pull, and its platform policies report without stopping anything.
 * @see https://cloud.google.com/binary-authorization/docs
 */
export const provider: PolicyProvider = {
  id: 'binary-authorization',
  displayName: 'Google Binary Authorization',
  recognises: (registry) => Promise.resolve(isGoogleRegistry(registry)),
  readPolicy: readBinaryAuthorization,
  decide: decideLikeBinaryAuthorization,
};
