/**
 * One process at a time per data folder: PGlite has no lock of its own, and two processes on one folder lose committed rows
 * without an error. A listening unix socket is the lock: it dies with its process, however that ends.
 */
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, unlinkSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import type { Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'

export interface FolderLock {
  release(): Promise<void>
}

/** Unix socket paths end at 107 bytes on Linux and 103 on macOS. */
const maxSocketPath = 100

/** Takes the folder, creating it where needed (owner only). Throws a sentence when another process holds it. */
export async function lockFolder(folder: string): Promise<FolderLock> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = socketPath(folder, 'lock')
  const server = (await tryListen(path)) ?? (await takeOver(path, folder))
  server.unref()
  return { release: () => new Promise((done) => server.close(() => done())) }
}

/** Where a socket of a data folder is: in it, unless that is longer than a socket's path may be. */
export function socketPath(folder: string, name: string): string {
  const absolute = join(resolve(folder), name)
  if (absolute.length <= maxSocketPath) return absolute
  const near = relative(process.cwd(), absolute)
  if (near.length <= maxSocketPath) return near
  return join(tmpdir(), `specgate-${createHash('sha256').update(absolute).digest('hex').slice(0, 32)}.${name}`)
}

/**
 * Replaces the socket of a process that is gone. Two processes may do this at once and one unlink the other's fresh socket:
 * so whoever takes over looks again a moment later whether the socket is still its own.
 */
async function takeOver(path: string, folder: string): Promise<Server> {
  const taken = new Error(`Another process is using \`${folder}\`. Stop it, or set \`DATABASE_URL\` to share a PostgreSQL.`)
  if ((await holder(path)) !== null) throw taken
  if (existsSync(path)) unlinkSync(path)
  const server = await tryListen(path)
  if (server === null) throw taken
  await setTimeout(settleMs)
  if ((await holder(path)) === self) return server
  server.close()
  throw taken
}

const settleMs = 100
const self = randomUUID()

async function tryListen(path: string): Promise<Server | null> {
  const { promise, resolve: done, reject } = Promise.withResolvers<Server | null>()
  const server = createServer((socket) => socket.end(self))
  server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? done(null) : reject(error)))
  server.listen(path, () => done(server))
  return promise
}

/** Who answers at the socket; null when nobody does. */
async function holder(path: string): Promise<string | null> {
  const { promise, resolve: done } = Promise.withResolvers<string | null>()
  let said = ''
  const socket = connect(path)
  socket.on('data', (chunk) => (said += String(chunk)))
  socket.once('end', () => done(said))
  socket.once('error', () => done(null))
  try {
    return await promise
  } finally {
    socket.destroy()
  }
}
