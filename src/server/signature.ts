/**
 * Whether GitHub sent these bytes: HMAC-SHA256 over the raw body, computed while it streams in and compared in constant time.
 * SHA-1 signatures (`X-Hub-Signature`) are never accepted.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Hmac } from 'node:crypto'

const form = /^sha256=[0-9a-f]{64}$/

/** Whether a header is of the only form that can ever be valid; asked before a byte of the body is read. */
export function isSignature(header: string | undefined): header is string {
  return header !== undefined && form.test(header)
}

/** Takes the body piece by piece; `matches` ends it. Every accepted secret is always tried, so that timing tells nothing. */
export class SignatureCheck {
  readonly #hmacs: readonly Hmac[]

  constructor(secrets: readonly string[]) {
    this.#hmacs = secrets.map((secret) => createHmac('sha256', secret))
  }

  update(chunk: Buffer): void {
    for (const hmac of this.#hmacs) hmac.update(chunk)
  }

  /** Whether the signature fits one of the secrets. Call it once, after the last piece. */
  matches(signature: string): boolean {
    const given = Buffer.from(signature)
    return this.#hmacs.map((hmac) => timingSafeEqual(Buffer.from(`sha256=${hmac.digest('hex')}`), given)).includes(true)
  }
}
