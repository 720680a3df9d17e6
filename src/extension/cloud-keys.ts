import type * as vscode from 'vscode';
import type { Cloud, CloudKey } from '../foundation/model/cloud-key.ts';
import { clientRequests } from '../protocol/client.ts';

/** The keys of clouds' interfaces that the user gave to the editor: in its secret storage and nowhere else. */
export class CloudKeys {
  readonly #secrets: vscode.SecretStorage;

  constructor(secrets: vscode.SecretStorage) {
    this.#secrets = secrets;
  }

  /** Returns the key that is kept for `cloud`. What an older version kept otherwise is none. */
  async get(cloud: Cloud): Promise<CloudKey | undefined> {
    const kept = await this.#secrets.get(nameOf(cloud));
    const { isResult } = clientRequests['plimsoll/cloudKey'];
    try {
      const key: unknown = kept === undefined ? undefined : JSON.parse(kept);
      return isResult(key) ? (key ?? undefined) : undefined;
    } catch {
      return undefined;
    }
  }

  async keep(cloud: Cloud, key: CloudKey): Promise<void> {
    await this.#secrets.store(nameOf(cloud), JSON.stringify(key));
  }

  async forget(cloud: Cloud): Promise<void> {
    await this.#secrets.delete(nameOf(cloud));
  }
}

function nameOf(cloud: Cloud): string {
  return `plimsoll.cloudKey.${cloud}`;
}
