/** How far into a file a NUL is looked for; git and grep tell text from binary the same way. */
const SNIFF_BYTES = 8000;

/** Returns a Buffer over the same memory, for its native multi-byte search. */
export function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Returns true when the first bytes hold a NUL: an executable, an archive, UTF-16 text. */
export function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, SNIFF_BYTES).includes(0);
}

/** Returns the 1-based line that the byte at `offset` lies in. */
export function lineAt(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let at = bytes.indexOf(10); at !== -1 && at < offset; at = bytes.indexOf(10, at + 1)) line++;
  return line;
}
