/** Reads a request body within a size and a time, and within a budget that all requests share, so that memory stays flat whatever is sent. */
import type { IncomingMessage } from 'node:http'

/** GitHub does not deliver payloads over 25 MB (docs.github.com, "Webhook events and payloads"). */
const maxBodyBytes = 25 * 2 ** 20

/** All bodies being received together; past this, further deliveries are asked to come back (GitHub's log keeps them for redelivery). */
const maxBytesInFlight = 200 * 2 ** 20

/** GitHub hangs up after 10 s (docs.github.com, "Handling webhook deliveries"); a body that takes longer serves nobody. */
const defaultTimeoutMs = 10_000

let bytesInFlight = 0

export type BodyResult = { readonly body: Buffer } | { readonly refused: 408 | 413 | 503 | 400 }

export interface BodyOptions {
  /** Sees every piece as it arrives. */
  readonly onChunk: (chunk: Buffer) => void
  readonly timeoutMs?: number
}

/** The whole body, or the status to refuse it with. Refuses before it has stored more than the limit; never throws. */
export async function readBody(request: IncomingMessage, { onChunk, timeoutMs = defaultTimeoutMs }: BodyOptions): Promise<BodyResult> {
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) return { refused: 413 }
  const chunks: Buffer[] = []
  let size = 0
  const { promise, resolve } = Promise.withResolvers<BodyResult>()
  const timer = setTimeout(() => resolve({ refused: 408 }), timeoutMs)
  request.on('data', (chunk: Buffer) => {
    size += chunk.length
    bytesInFlight += chunk.length
    if (size > maxBodyBytes) return resolve({ refused: 413 })
    if (bytesInFlight > maxBytesInFlight) return resolve({ refused: 503 })
    onChunk(chunk)
    chunks.push(chunk)
  })
  request.on('end', () => resolve({ body: Buffer.concat(chunks) }))
  request.on('error', () => resolve({ refused: 400 }))
  request.on('close', () => resolve({ refused: 400 }))
  try {
    return await promise
  } finally {
    clearTimeout(timer)
    request.removeAllListeners('data')
    request.pause()
    bytesInFlight -= size
  }
}
