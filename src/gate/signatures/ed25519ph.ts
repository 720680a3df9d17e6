/**
 * Ed25519ph, Ed25519 of a hash: what cosign signs with where the key is Ed25519. Node's own verification knows plain Ed25519 only. Nothing here is secret, so it need not take the same time for everything.
 * @see RFC 8032, sections 5.1 and 7.3
 */
import { createHash } from 'node:crypto';

/** In extended coordinates: x = X/Z, y = Y/Z, x * y = T/Z. */
interface Point {
  readonly x: bigint;
  readonly y: bigint;
  readonly z: bigint;
  readonly t: bigint;
}

const P = 2n ** 255n - 19n;
/** Order of the base point. */
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const D = mod(-121665n * invert(121666n));
const SQRT_OF_MINUS_ONE = power(2n, (P - 1n) / 4n);
const NEUTRAL: Point = { x: 0n, y: 1n, z: 1n, t: 0n };
/** "SigEd25519 no Ed25519 collisions", hashed first (1), no context (0). */
const DOMAIN = Buffer.concat([Buffer.from('SigEd25519 no Ed25519 collisions'), Buffer.from([1, 0])]);

/** True when the key, in its 32 bytes, made the signature of the message. */
export function isEd25519phSignature(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const base = decodePoint(BASE);
  const a = decodePoint(key);
  const r = decodePoint(signature.subarray(0, 32));
  const s = toNumber(signature.subarray(32));
  // A larger one would be another signature that holds as well.
  if (signature.length !== 64 || base === undefined || a === undefined || r === undefined || s >= L) return false;
  const hash = createHash('sha512').update(DOMAIN).update(signature.subarray(0, 32)).update(key);
  const k = toNumber(hash.update(createHash('sha512').update(message).digest()).digest()) % L;
  return areSame(multiply(base, s), add(r, multiply(a, k)));
}

/** y = 4/5, and the x that is even. */
const BASE = Buffer.from(`58${'66'.repeat(31)}`, 'hex');

/** Undefined for what is no point, or is not written in the one way there is. */
function decodePoint(bytes: Uint8Array): Point | undefined {
  if (bytes.length !== 32) return undefined;
  const number = toNumber(bytes);
  const y = number & (2n ** 255n - 1n);
  const isOdd = number >> 255n === 1n;
  if (y >= P) return undefined;
  const u = mod(y * y - 1n);
  const v = mod(D * y * y + 1n);
  const root = mod(u * power(v, 3n) * power(u * power(v, 7n), (P - 5n) / 8n));
  const candidate = mod(v * root * root) === u ? root : mod(root * SQRT_OF_MINUS_ONE);
  if (mod(v * candidate * candidate) !== u || (candidate === 0n && isOdd)) return undefined;
  const x = (candidate & 1n) === (isOdd ? 1n : 0n) ? candidate : P - candidate;
  return { x, y, z: 1n, t: mod(x * y) };
}

/** Doubles as well. */
function add(p: Point, q: Point): Point {
  const a = (p.y - p.x) * (q.y - q.x);
  const b = (p.y + p.x) * (q.y + q.x);
  const c = mod(2n * p.t * q.t) * D;
  const d = 2n * p.z * q.z;
  const [e, f, g, h] = [mod(b - a), mod(d - c), mod(d + c), mod(b + a)];
  return { x: mod(e * f), y: mod(g * h), z: mod(f * g), t: mod(e * h) };
}

function multiply(point: Point, times: bigint): Point {
  let product = NEUTRAL;
  let double = point;
  for (let left = times; left > 0n; left >>= 1n) {
    if ((left & 1n) === 1n) product = add(product, double);
    double = add(double, double);
  }
  return product;
}

function areSame(p: Point, q: Point): boolean {
  return mod(p.x * q.z - q.x * p.z) === 0n && mod(p.y * q.z - q.y * p.z) === 0n;
}

function mod(value: bigint): bigint {
  const rest = value % P;
  return rest < 0n ? rest + P : rest;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = mod(base);
  for (let left = exponent; left > 0n; left >>= 1n) {
    if ((left & 1n) === 1n) result = mod(result * square);
    square = mod(square * square);
  }
  return result;
}

function invert(value: bigint): bigint {
  return power(value, P - 2n);
}

/** Least significant byte first. */
function toNumber(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
}
