/**
 * The ledger of a running app on a folder, told over a unix socket beside the database: the folder can be open in one process only, and
 * nobody should have to stop the app to ask who approved something. Whoever can open the folder can read the socket, and nobody else.
 */
import { rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import type { Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { socketPath } from './folder-lock.ts'

const name = 'ledger'

/** Told after the last line, so that a ledger that was cut off on its way is not taken for the whole. */
const end = 'end'

/** Serves the lines to everybody who connects. To be called by the process that holds the folder's lock. Returns how to stop. */
export async function tellLedger(dataDir: string, lines: () => AsyncIterable<string>): Promise<() => void> {
  const path = socketPath(dataDir, name)
  // What stands there belongs to a process that is gone: the lock is ours.
  rmSync(path, { force: true })
  const server = createServer((socket) => {
    // A reader that leaves early is no fault of ours; one that meets ours sees that the end is missing.
    pipeline(Readable.from(told(lines())), socket).catch(() => socket.destroy())
  })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen(path, () => resolve())
  await promise
  server.unref()
  return () => server.close()
}

async function* told(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`
  yield `${end}\n`
}

/** The lines that the app on this folder tells; null when no app runs there. */
export async function askForLedger(dataDir: string): Promise<AsyncIterable<string> | null> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const socket = connect(socketPath(dataDir, name))
  socket.once('connect', () => resolve(true))
  socket.once('error', () => resolve(false))
  if (!(await promise)) return null
  return heard(socket)
}

/** The reader is made when reading begins: one that waits loses lines. */
async function* heard(socket: Socket): AsyncGenerator<string> {
  for await (const line of createInterface({ input: socket, crlfDelay: Infinity })) {
    if (line === end) return
    yield line
  }
  throw new Error('The app ended before the whole ledger was told.')
}
