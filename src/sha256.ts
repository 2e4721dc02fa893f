/**
 * SHA-256 (FIPS 180-4) without any platform: fingerprints and digests bind approvals, so two contents must never share one on purpose.
 */

const roundConstants = Int32Array.from(firstPrimes(64), (prime) => fraction(Math.cbrt(prime)))
const initialState = Int32Array.from(firstPrimes(8), (prime) => fraction(Math.sqrt(prime)))

/** Scratch of one block, written before it is read. */
const wordsOfBlock = new Int32Array(64)

/** 32 lower-case hex digits: the first 128 bits of the SHA-256 of the text in UTF-8. */
export function hashHex(text: string): string {
  return sha256Hex(text).slice(0, 32)
}

/** All 64 hex digits of the SHA-256 of the text in UTF-8. A lone surrogate counts as U+FFFD. */
export function sha256Hex(text: string): string {
  const state = initialState.slice()
  const message = padded(text)
  for (let start = 0; start < message.length; start += 64) {
    schedule(wordsOfBlock, message, start)
    digestBlock(state, wordsOfBlock)
  }
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
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
  for (let index = 0; index < text.length; index++) {
    const code = text.codePointAt(index) ?? 0xfffd
    if (code < 0x80) bytes[length++] = code
    else length = encode(bytes, length, code)
    if (code > 0xffff) index++
  }
  const total = (length + 9 + 63) & ~63
  bytes[length] = 0x80
  let bits = length * 8
  for (let place = total - 1; place >= total - 8; place--, bits = Math.floor(bits / 256)) bytes[place] = bits % 256
  return bytes.subarray(0, total)
}

/** A character that is not ASCII, from `start` on; returns where the next one goes. */
function encode(bytes: Uint8Array, start: number, written: number): number {
  let next = start
  const code = written >= 0xd800 && written <= 0xdfff ? 0xfffd : written
  if (code < 0x800) bytes[next++] = 0xc0 | (code >> 6)
  else {
    if (code < 0x10000) bytes[next++] = 0xe0 | (code >> 12)
    else {
      bytes[next++] = 0xf0 | (code >> 18)
      bytes[next++] = 0x80 | ((code >> 12) & 63)
    }
    bytes[next++] = 0x80 | ((code >> 6) & 63)
  }
  bytes[next++] = 0x80 | (code & 63)
  return next
}

const rotate = (word: number, by: number): number => (word >>> by) | (word << (32 - by))

/** The entry of a list that has it. */
const at = (list: ArrayLike<number>, index: number): number => list[index] ?? 0

/** The message schedule (FIPS 180-4, 6.2.2, step 1). */
function schedule(words: Int32Array, block: Uint8Array, start: number): void {
  for (let index = 0; index < 16; index++) {
    const from = start + index * 4
    words[index] = (at(block, from) << 24) | (at(block, from + 1) << 16) | (at(block, from + 2) << 8) | at(block, from + 3)
  }
  for (let index = 16; index < 64; index++) {
    const early = at(words, index - 15)
    const late = at(words, index - 2)
    const first = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3)
    const second = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10)
    words[index] = (at(words, index - 16) + first + at(words, index - 7) + second) | 0
  }
}

/** One block into the state (steps 2 to 4). */
function digestBlock(state: Int32Array, words: Int32Array): void {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state
  for (let index = 0; index < 64; index++) {
    const chosen = (e & f) ^ (~e & g)
    const first = (h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + chosen + at(roundConstants, index) + at(words, index)) | 0
    const majority = (a & b) ^ (a & c) ^ (b & c)
    const second = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + majority) | 0
    h = g
    g = f
    f = e
    e = (d + first) | 0
    d = c
    c = b
    b = a
    a = (first + second) | 0
  }
  const after = [a, b, c, d, e, f, g, h]
  for (let index = 0; index < 8; index++) state[index] = (at(state, index) + at(after, index)) | 0
}
