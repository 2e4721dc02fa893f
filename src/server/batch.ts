/** Group commit: what arrives while a write is under way is written together, so that a burst costs a few statements, not hundreds. */

interface Waiting<T> {
  readonly item: T
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** A function that resolves when its item is written, together with whatever else was waiting. `write` runs one call at a time. */
export function inBatches<T>(write: (items: readonly T[]) => Promise<void>): (item: T) => Promise<void> {
  let waiting: Waiting<T>[] = []
  let isWriting = false
  const flush = async (): Promise<void> => {
    isWriting = true
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      try {
        await write(batch.map(({ item }) => item))
        for (const { resolve } of batch) resolve()
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    isWriting = false
  }
  return (item) =>
    new Promise<void>((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      // Whatever else this turn of the event loop brings comes along.
      if (!isWriting && waiting.length === 1) setImmediate(() => void flush())
    })
}
