/**
 * SHA-256 (FIPS 180-4) without any platform: fingerprints and digests bind approvals, so two contents must never share one on purpose.
 */

const roundConstants = Uint32Array.from(firstPrimes(64), (prime) => fraction(Math.cbrt(prime)))
const initialState = Uint32Array.from(firstPrimes(8), (prime) => fraction(Math.sqrt(prime)))

/** 32 lower-case hex digits: the first 128 bits of the SHA-256 of the text in UTF-8. */
export function hashHex(text: string): string {
  return sha256Hex(text).slice(0, 32)
}

/** All 64 hex digits of the SHA-256 of the text in UTF-8. A lone surrogate counts as U+FFFD. */
export function sha256Hex(text: string): string {
  const state = initialState.slice()
  const words = new Uint32Array(64)
  const message = padded(text)
  for (let at = 0; at < message.length; at += 64) digestBlock(state, words, message.subarray(at, at + 64))
  return Array.from(state, (word) => word.toString(16).padStart(8, '0')).join('')
}

function firstPrimes(count: number): number[] {
  const primes: number[] = []
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n)
  return primes
}

/** The first 32 bits of the fractional part, as the standard defines its constants. */
function fraction(root: number): number {
  return Math.floor((root - Math.floor(root)) * 2 ** 32)
}

/** UTF-8, then bit 1, zeros, and the length in bits as 64 bits: a multiple of 64 bytes. */
function padded(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3 + 72)
  let length = 0
  for (const character of text) length = encode(bytes, length, character.codePointAt(0) ?? 0xfffd)
  const total = (length + 9 + 63) & ~63
  bytes[length] = 0x80
  let bits = length * 8
  for (let at = total - 1; at >= total - 8; at--, bits = Math.floor(bits / 256)) bytes[at] = bits % 256
  return bytes.subarray(0, total)
}

function encode(bytes: Uint8Array, start: number, written: number): number {
  let at = start
  const code = written >= 0xd800 && written <= 0xdfff ? 0xfffd : written
  if (code < 0x80) bytes[at++] = code
  else {
    if (code < 0x800) bytes[at++] = 0xc0 | (code >> 6)
    else {
      if (code < 0x10000) bytes[at++] = 0xe0 | (code >> 12)
      else {
        bytes[at++] = 0xf0 | (code >> 18)
        bytes[at++] = 0x80 | ((code >> 12) & 63)
      }
      bytes[at++] = 0x80 | ((code >> 6) & 63)
    }
    bytes[at++] = 0x80 | (code & 63)
  }
  return at
}

const rotate = (word: number, by: number): number => (word >>> by) | (word << (32 - by))

function digestBlock(state: Uint32Array, words: Uint32Array, block: Uint8Array): void {
  const word = (at: number): number => words[at] ?? 0
  for (let at = 0; at < 64; at++) {
    if (at < 16) {
      words[at] =
        ((block[at * 4] ?? 0) << 24) | ((block[at * 4 + 1] ?? 0) << 16) | ((block[at * 4 + 2] ?? 0) << 8) | (block[at * 4 + 3] ?? 0)
      continue
    }
    const [early, late] = [word(at - 15), word(at - 2)]
    words[at] =
      word(at - 16) +
      word(at - 7) +
      (rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3)) +
      (rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10))
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state
  for (let at = 0; at < 64; at++) {
    const first = (h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + (roundConstants[at] ?? 0) + word(at)) | 0
    const second = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
    ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0]
  }
  ;[a, b, c, d, e, f, g, h].forEach((value, at) => (state[at] = (state[at] ?? 0) + value))
}
