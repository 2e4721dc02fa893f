/** Waits for a state of the stand-in; a wait that is in vain says what was there instead. */
import type { World } from './state.ts'

export async function waitUntil(
  world: World,
  settled: () => boolean,
  { timeoutMs, describe }: { timeoutMs: number; describe: () => string },
): Promise<void> {
  if (settled()) return
  await new Promise<void>((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer)
      world.listeners.delete(listener)
    }
    const listener = (): void => {
      if (!settled()) return
      end()
      resolve()
    }
    const timer = setTimeout(() => {
      end()
      reject(new Error(`Waited ${timeoutMs} ms for ${describe()}.${failures(world)}`))
    }, timeoutMs)
    world.listeners.add(listener)
  })
}

/** What may explain that nothing came: deliveries that failed, requests that were refused. */
function failures(world: World): string {
  const deliveries = world.deliveries
    .filter(({ status }) => status !== 'OK')
    .slice(-5)
    .map(({ event, action, status }) => `${event}.${action ?? ''}: ${status ?? 'under way'}`)
  const requests = world.requests
    .filter(({ status }) => status >= 400)
    .slice(-5)
    .map(({ method, path, status }) => `${method} ${path}: ${status}`)
  const told = [...deliveries, ...requests]
  return told.length === 0 ? '' : ` Last failures: ${told.join('; ')}.`
}
