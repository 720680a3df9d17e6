/** Each remainder in two halves: numbers of 64 bits would be slow. */
const [lowTable, highTable] = buildTables();

/** The checksum of ECMA-182, lowest bit first, as xz uses it. */
export class Crc64 {
  #low = -1;
  #high = -1;

  update(bytes: Uint8Array): void {
    let low = this.#low;
    let high = this.#high;
    for (const byte of bytes) {
      const index = (low ^ byte) & 0xff;
      low = ((low >>> 8) | (high << 24)) ^ (lowTable[index] ?? 0);
      high = (high >>> 8) ^ (highTable[index] ?? 0);
    }
    this.#low = low;
    this.#high = high;
  }

  /** True when the checksum so far is `high` · 2³² + `low`. */
  agrees(low: number, high: number): boolean {
    return ~this.#low >>> 0 === low && ~this.#high >>> 0 === high;
  }
}

function buildTables(): readonly [Int32Array, Int32Array] {
  const lows = new Int32Array(256);
  const highs = new Int32Array(256);
  for (let index = 0; index < 256; index++) {
    let low = index;
    let high = 0;
    for (let bit = 0; bit < 8; bit++) {
      const isOdd = (low & 1) !== 0;
      low = (low >>> 1) | (high << 31);
      high >>>= 1;
      if (isOdd) {
        low ^= 0xd7870f42;
        high ^= 0xc96c5795;
      }
    }
    lows[index] = low;
    highs[index] = high;
  }
  return [lows, highs];
}
