import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { READ_CHUNK_BYTES } from '../base/limits.ts';
import { hashBlocks, type OpenRange, type RangeAnswer } from './hash-range.ts';
import type { HashAnswer, HashRequest } from './hash-thread.ts';

// From hash-thread.ts or hash-range.ts, in the same process and of the same build: nobody else starts this thread. The latter shares no memory.
const memory = workerData as SharedArrayBuffer;
let hash = createHash('sha256');

parentPort?.on('message', (request: HashRequest | OpenRange) => {
  if (request === 'end') {
    answer(hash.digest('hex'));
    hash = createHash('sha256');
  } else if ('descriptor' in request) {
    answer(answerTo(request));
  } else {
    hash.update(new Uint8Array(memory, request.slot * READ_CHUNK_BYTES, request.sizeBytes));
    answer(request.slot);
  }
});

function answerTo(range: OpenRange): RangeAnswer {
  try {
    const ofRange = createHash('sha256');
    const blocks = hashBlocks(range, ofRange);
    while (blocks.next().done !== true);
    return { digest: ofRange.digest('hex') };
  } catch (error) {
    return { error };
  }
}

function answer(message: HashAnswer | RangeAnswer): void {
  parentPort?.postMessage(message);
}
