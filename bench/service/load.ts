/** Idle memory, start-up, and how fast deliveries are answered while large descriptions are under review; then many reviews in a row. */
import { setTimeout } from 'node:timers/promises'
import { stopChild, webhooks } from '../../test/app/child.ts'
import type { Child } from '../../test/app/child.ts'
import { files, users } from '../../test/app/shop.ts'
import { GitHubStandIn } from '../../test/github/stand-in/stand-in.ts'
import type { PullRequestHandle } from '../../test/github/stand-in/handles.ts'
import { deliverOnce, memoryOf, metric, percentile, timedStart } from './running.ts'
import type { Place } from './running.ts'

const secretOf = (github: GitHubStandIn): string => github.environment()['WEBHOOK_SECRET'] ?? ''

/** Start-up twice (the first makes the store) and memory after a while without work. */
export async function measureIdle(place: Place): Promise<void> {
  const github = await GitHubStandIn.start()
  const times: number[] = []
  let idle = 0
  for (let round = 0; round < 3; round += 1) {
    const { child, milliseconds } = await timedStart({ ...github.environment(), ...place.env })
    times.push(milliseconds)
    await setTimeout(5_000)
    idle = memoryOf(child)
    await stopChild(child)
  }
  const [first = 0, ...later] = times
  console.log(
    `${place.name}: listening after ${(first / 1000).toFixed(1)} s the first time, ${(percentile(later, 0) / 1000).toFixed(1)} s later; ${idle.toFixed(0)} MB idle`,
  )
  await github.stop()
}

/** About 10 MB of JSON: many operations with inline schemas. */
function largeDescription(version: number): string {
  const properties = Object.fromEntries(
    Array.from({ length: 12 }, (_, index) => [`field${index}`, { type: 'string', maxLength: 100 + index }]),
  )
  const operation = {
    responses: { 200: { description: 'd', content: { 'application/json': { schema: { type: 'object', properties } } } } },
  }
  const paths = Object.fromEntries(
    Array.from({ length: 11_000 }, (_, index) => [`/things/${index}`, { get: { operationId: `get${index}`, ...operation } }]),
  )
  return JSON.stringify({ openapi: '3.1.0', info: { title: 'Large', version: String(version) }, paths, 'x-changed': version })
}

/** 200 signed deliveries at once, three times, while reviews of 10 MB descriptions run. */
export async function measureAcknowledgements(place: Place): Promise<void> {
  const github = await GitHubStandIn.start()
  github.user('ana')
  const { child } = await timedStart({ ...github.environment(), ...place.env })
  const large = largeDescription(1)
  const repository = await github.createRepository('acme', 'large', { 'openapi.json': large }, { roles: { ana: 'write' } })
  const pulls: PullRequestHandle[] = []
  for (let index = 0; index < 3; index += 1) {
    await repository.commit(`topic-${index}`, { 'openapi.json': largeDescription(index + 2) }, { author: 'ana' })
    pulls.push(await repository.openPullRequest({ author: 'ana', branch: `topic-${index}` }))
  }
  await github.idle()
  github.deliverTo(webhooks(child))
  const [example] = github.deliveries('pull_request', 'opened').map(({ payload }) => payload)
  for (const pull of pulls) await pull.label('now', 'ana')
  const times: number[] = []
  const lags: number[] = []
  let busy = 0
  for (let burst = 0; burst < 3; burst += 1) {
    while ((await metric(child, 'specgate_queue_jobs{state="active"}')) === 0 && burst === 0) await setTimeout(20)
    await setTimeout(1_500)
    busy += await metric(child, 'specgate_queue_jobs{state="active"}')
    times.push(
      ...(await Promise.all(
        Array.from({ length: 200 }, (_, index) => deliverOnce(child, secretOf(github), numbered(example, 1000 + index))),
      )),
    )
    lags.push((await metric(child, 'nodejs_eventloop_lag_p99_seconds')) * 1000)
  }
  const refused = times.filter(Number.isNaN).length
  console.log(
    `${place.name}: ${times.length} deliveries in bursts of 200, ${(JSON.stringify(example).length / 1024).toFixed(0)} kB each, ${busy} reviews under way (${(large.length / 2 ** 20).toFixed(1)} MB each side): ` +
      `acknowledged after p50 ${percentile(times, 0.5).toFixed(0)} ms, p99 ${percentile(times, 0.99).toFixed(0)} ms, at most ${Math.max(...times).toFixed(0)} ms; ${refused} refused; ` +
      `event-loop lag p99 ${lags.map((lag) => lag.toFixed(0)).join(', ')} ms; memory ${memoryOf(child).toFixed(0)} MB`,
  )
  github.deliverTo(null)
  child.process.kill('SIGKILL')
  await child.ended
  await github.stop()
}

function numbered(payload: unknown, number: number): unknown {
  const copy = structuredClone(payload) as { number: number; action: string; pull_request: { number: number } }
  return { ...copy, action: 'labeled', number, pull_request: { ...copy.pull_request, number } }
}

/** Reviews of the same few pull requests by "Re-run", one after the other; memory and handles on the way. */
export async function measureSoak(place: Place, reviews: number): Promise<void> {
  const github = await GitHubStandIn.start()
  github.user('ana')
  github.team('acme', 'api-owners', { members: ['mia'] })
  const { child } = await timedStart({ ...github.environment(), ...place.env })
  github.deliverTo(webhooks(child))
  const repository = await github.createRepository('acme', 'shop', files, { roles: { ana: 'write' } })
  const withoutName = users.replace('    name: { type: string }\n', '').replace('[id, name]', '[id]')
  const pulls: PullRequestHandle[] = []
  for (let index = 0; index < 4; index += 1) {
    await repository.commit(`topic-${index}`, { 'api/schemas/users.yaml': `${withoutName}# ${index}\n` }, { author: 'ana' })
    pulls.push(await repository.openPullRequest({ author: 'ana', branch: `topic-${index}` }))
  }
  const samples: { review: number; rss: number; heap: number; handles: number }[] = []
  for (let done = 0; done < reviews; done += pulls.length) {
    await Promise.all(pulls.map((pull) => reviewAgain(pull)))
    if (done % 20 === 0) samples.push({ review: done, ...(await sample(child)) })
  }
  const late = samples.slice(Math.floor(samples.length / 3))
  const per1000 = slope(late.map(({ review, rss }) => [review, rss])) * 1000
  const heap1000 = slope(late.map(({ review, heap }) => [review, heap])) * 1000
  const handles = [samples[1]?.handles, samples.at(-1)?.handles]
  console.log(
    `${place.name}: ${reviews} reviews: memory ${late[0]?.rss.toFixed(0)} MB after a third, ${late.at(-1)?.rss.toFixed(0)} MB at the end, slope ${per1000.toFixed(1)} MB per 1,000 reviews ` +
      `(heap ${heap1000.toFixed(1)} MB per 1,000); handles ${handles.join(' → ')}`,
  )
  await stopChild(child)
  await github.stop()
}

async function reviewAgain(pull: PullRequestHandle): Promise<void> {
  const run = pull
    .checkRuns()
    .filter(({ name, status }) => name === 'API review' && status === 'completed')
    .at(-1)
  if (run === undefined) return void (await pull.waitForCheckRuns({ 'API review': 'failure' }, { timeoutMs: 120_000 }))
  await pull.repository.rerequest(run, 'ana')
  await pull.waitForCheckRuns({ 'API review': 'failure', 'API approval': 'in_progress' }, { timeoutMs: 120_000, after: run })
}

async function sample(child: Child): Promise<{ rss: number; heap: number; handles: number }> {
  return {
    rss: memoryOf(child),
    heap: (await metric(child, 'nodejs_heap_size_used_bytes')) / 2 ** 20,
    handles: await metric(child, 'nodejs_active_handles_total'),
  }
}

/** Least squares. */
function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  const [x, y] = [mean(points.map(([review]) => review)), mean(points.map(([, megabytes]) => megabytes))]
  const spread = points.reduce((sum, [review]) => sum + (review - x) ** 2, 0)
  return points.reduce((sum, [review, megabytes]) => sum + (review - x) * (megabytes - y), 0) / spread
}
