import { toTextStart, type TextStart } from '../../foundation/io/text-start.ts';

/** Returns the text that standard input begins with, at most `maxBytes` of it; what follows is not waited for. */
export async function readStandardInput(maxBytes: number): Promise<TextStart> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin) {
    chunks.push(chunk as Buffer);
    length += (chunk as Buffer).length;
    if (length > maxBytes) break;
  }
  return toTextStart(chunks, maxBytes);
}
