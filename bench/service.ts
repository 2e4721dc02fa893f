/**
 * `npm run bench -- service [idle|acks|hostile|soak] [reviews]`: the running app on both stores: start-up and idle memory, answers to
 * deliveries under load, hostile descriptions beside a neighbour, memory over many reviews. Without PostgreSQL: on PGlite only.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureHostile } from './service/hostile.ts'
import { measureAcknowledgements, measureIdle, measureSoak } from './service/load.ts'
import { stores } from './service/running.ts'
import type { Place } from './service/running.ts'

const [wanted = 'all', reviews = '400'] = process.argv.slice(2)

const onEachStore: Readonly<Record<string, (place: Place) => Promise<void>>> = {
  idle: measureIdle,
  acks: measureAcknowledgements,
  soak: (place) => measureSoak(place, Number(reviews)),
}

console.log(`${availableParallelism()} cores, Node ${process.version}`)
if (wanted === 'all' || wanted === 'hostile') await measureHostile()
for (const [name, measure] of Object.entries(onEachStore)) {
  if (wanted !== 'all' && wanted !== name) continue
  const folder = await mkdtemp(join(tmpdir(), 'specgate-bench-'))
  const places = await stores(folder)
  for (const place of places) {
    await measure(place)
    await place.discard()
  }
  await rm(folder, { recursive: true, force: true })
}
