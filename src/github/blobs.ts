/** Texts of files by blob id: each fetched once per repository, whoever asks and however often. */
import { createHash } from 'node:crypto'
import type { BlobText } from '../openapi/gather.ts'
import { ask, asFailure, TransientFailure } from './client.ts'
import { blobBytes, concurrentReads } from './limits.ts'
import { cacheKey, place } from './repository.ts'
import type { RepositoryAccess } from './repository.ts'

const underWay = new Map<string, Promise<BlobText>>()

/** The text of each blob, or the reason why it has none. Throws a failure when GitHub cannot be asked. */
export async function readBlobs(access: RepositoryAccess, ids: readonly string[]): Promise<ReadonlyMap<string, BlobText>> {
  const texts = new Map<string, BlobText>()
  const waiting = [...new Set(ids)]
  const reader = async (): Promise<void> => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) texts.set(id, await readOnce(access, id))
  }
  await Promise.all(Array.from({ length: Math.min(concurrentReads, waiting.length) }, reader))
  return texts
}

async function readOnce(access: RepositoryAccess, id: string): Promise<BlobText> {
  const key = cacheKey(access, id)
  const known = access.cache.blobs.get(key)
  if (known !== undefined) return known
  const running = underWay.get(key) ?? fetchBlob(access, id).finally(() => underWay.delete(key))
  underWay.set(key, running)
  const text = await running
  access.cache.blobs.set(key, text)
  return text
}

/** Raw first: no base64, no JSON. What does not hash to its id was cut off or is not plain text, and is fetched again in base64. */
async function fetchBlob(access: RepositoryAccess, id: string): Promise<BlobText> {
  const raw = await fetchRaw(access, id)
  if (raw !== null && hashesTo(raw, id)) return decode(raw)
  const data = await ask('a file of the repository', () =>
    access.client.request('GET /repos/{owner}/{repo}/git/blobs/{file_sha}', { ...place(access), file_sha: id }),
  )
  const bytes = Buffer.from(data.content, data.encoding === 'base64' ? 'base64' : 'utf8')
  if (data.size !== null && bytes.length !== data.size) throw new TransientFailure('GitHub sent only a part of a file of the repository.')
  return decode(bytes)
}

async function fetchRaw(access: RepositoryAccess, id: string): Promise<Buffer | null> {
  const options = { ...place(access), file_sha: id, mediaType: { format: 'raw' } }
  try {
    const { data } = await access.client.request('GET /repos/{owner}/{repo}/git/blobs/{file_sha}', options)
    return rawBytes(data)
  } catch (error) {
    throw asFailure(error, 'a file of the repository')
  }
}

/** Octokit gives a string for text and an ArrayBuffer for anything else; a server that knows no raw form answers with JSON. */
function rawBytes(data: unknown): Buffer | null {
  if (typeof data === 'string') return Buffer.from(data, 'utf8')
  return data instanceof ArrayBuffer ? Buffer.from(data) : null
}

/** Git's object id: the hash of a small header and the bytes (git-hash-object(1)); SHA-256 in repositories of that format. */
function hashesTo(bytes: Buffer, id: string): boolean {
  const hash = createHash(id.length === 64 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
  return hash.digest('hex') === id
}

function decode(bytes: Buffer): BlobText {
  if (bytes.length > blobBytes) return { reason: 'It is larger than 20 MB.' }
  if (bytes.includes(0)) return { reason: 'It is a binary file.' }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) }
  } catch {
    return { reason: 'It is not UTF-8 text.' }
  }
}
