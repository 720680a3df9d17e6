import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { READ_CHUNK_BYTES } from '../base/limits.ts';
import type { HashAnswer, HashRequest } from './hash-thread.ts';

// From hash-thread.ts, in the same process and of the same build: nobody else starts this thread.
const memory = workerData as SharedArrayBuffer;
let hash = createHash('sha256');

parentPort?.on('message', (request: HashRequest) => {
  if (request === 'end') {
    answer(hash.digest('hex'));
    hash = createHash('sha256');
    return;
  }
  hash.update(new Uint8Array(memory, request.slot * READ_CHUNK_BYTES, request.sizeBytes));
  answer(request.slot);
});

function answer(message: HashAnswer): void {
  parentPort?.postMessage(message);
}
