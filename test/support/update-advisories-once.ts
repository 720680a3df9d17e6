/** A program for tests that need an update in a process of its own: `node update-advisories-once.ts DIRECTORY USER PASSWORD SOURCE...` prints what came of it. */
import { updateAdvisories } from '../../src/advisories/update.ts';
import { createHttpClient } from '../../src/foundation/io/http-client.ts';

const [directory = '', username = '', password = '', ...sources] = process.argv.slice(2);
const updated = await updateAdvisories({
  sources,
  directory,
  lists: false,
  onProgress: ({ fraction, message }) => {
    if (fraction === undefined) console.log(message);
  },
  http: createHttpClient(),
  credentialFor: () => Promise.resolve({ kind: 'basic', username, password }),
});
console.log(JSON.stringify(updated));
