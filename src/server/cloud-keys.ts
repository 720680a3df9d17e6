import type { Connection } from 'vscode-languageserver/node';
import type { Cloud, CloudKey } from '../foundation/model/cloud-key.ts';
import { clientRequests } from '../protocol/client.ts';

/** Returns a finder of the keys that the client keeps for the user. One that keeps none, fails, or answers with something else has none: what is then missing is said by whoever needs it. */
export function cloudKeysOf(connection: Connection, clientKeepsKeys: () => boolean): (cloud: Cloud) => Promise<CloudKey | undefined> {
  return async (cloud) => {
    if (!clientKeepsKeys()) return undefined;
    try {
      const answer = await connection.sendRequest<unknown>('plimsoll/cloudKey', { cloud });
      const { isResult } = clientRequests['plimsoll/cloudKey'];
      return isResult(answer) ? (answer ?? undefined) : undefined;
    } catch {
      connection.console.warn(`the client did not say which key it keeps for ${cloud}`);
      return undefined;
    }
  };
}
