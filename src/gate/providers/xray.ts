import { decideLikeXray } from '../jfrog/decide.ts';
import { isArtifactory } from '../jfrog/recognise.ts';
import { readXrayPolicy } from '../jfrog/read.ts';
import type { PolicyProvider } from '../provider.ts';

/**
 * JFrog Artifactory with Xray: watches bind policies to repositories, and a rule of a policy can refuse to let an artifact be downloaded.
 * @see https://jfrog.com/help/r/xray-rest-apis/watches and …/policies
 */
export const provider: PolicyProvider = {
  id: 'xray',
  displayName: 'JFrog Xray',
  recognises: isArtifactory,
  readPolicy: readXrayPolicy,
  decide: decideLikeXray,
};
