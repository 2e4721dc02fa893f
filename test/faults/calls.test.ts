/**
 * GitHub failing at every single call of a review, one at a time: never a success that the run without faults does not give, never a run
 * left unfinished, never anything said twice; and afterwards "Re-run" gives what would have been there at once.
 * Short form: each call meets one kind of fault. Long form: each meets each.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp } from '../app/app.ts'
import type { TestApp } from '../app/app.ts'
import { primaryRateLimit, secondaryRateLimit } from '../github/stand-in/faults.ts'
import type { Fault } from '../github/stand-in/faults.ts'
import { isLong } from './form.ts'
import { seen, tellStory } from './review-stories.ts'
import type { Story } from './review-stories.ts'

const kinds: Readonly<Record<string, () => Omit<Fault, 'path' | 'method'>>> = {
  '502': () => ({ status: 502, body: 'Bad Gateway' }),
  'a reset before': () => ({ reset: 'before' }),
  '404': () => ({ status: 404, body: { message: 'Not Found' } }),
  'a secondary limit': () => secondaryRateLimit(1),
  'a reset after': () => ({ reset: 'after' }),
  '403': () => ({ status: 403, body: { message: 'Resource not accessible by integration' } }),
  '500': () => ({ status: 500 }),
  'half an answer': () => ({ cutBody: true }),
  '422': () => ({ status: 422, body: { message: 'Validation Failed' } }),
  '429': () => ({ status: 429, headers: { 'retry-after': '1' }, body: { message: 'Too many requests' } }),
  '409': () => ({ status: 409, body: { message: 'Conflict' } }),
  'the hourly limit': () => primaryRateLimit(Math.floor(Date.now() / 1000) + 2),
  '401': () => ({ status: 401, body: { message: 'Bad credentials' } }),
  'no link to more': () => ({ dropLink: true }),
  // The app gives a request 30 seconds.
  ...(isLong ? { 'no answer in time': () => ({ delayMs: 33_000 }) } : {}),
}

/** A call of a review: the how-manieth of those with this method and path. */
interface Call {
  readonly method: string
  /** Below the API's root, with `OWNER`, `INSTALLATION` and `*` for what differs. */
  readonly path: string
  readonly ordinal: number
}

let app: TestApp
let calls: Call[]
let faultless: unknown
let count = 0

beforeAll(async () => {
  app = await startApp({}, { SPECGATE_CONCURRENCY: '8', LOG_LEVEL: 'info' })
  const story = await tellStory(app.github, 'faultless', () => undefined)
  await app.quiet()
  faultless = seen(story)
  calls = callsOf(story)
  // The same once more, so that what a re-run leaves behind is known as well.
  await again([story])
  expect(seen(story)).toEqual(faultless)
})
afterAll(() => app.stop())

function callsOf({ owner, installation }: Story): Call[] {
  const ordinals = new Map<string, number>()
  return app.github
    .requests()
    .filter(({ installationId, path }) => installationId === installation.id || path.startsWith(`/app/installations/${installation.id}/`))
    .map(({ method, path }) => {
      const general = path
        .replaceAll(owner, 'OWNER')
        .replace(`/installations/${installation.id}/`, '/installations/INSTALLATION/')
        .replace(/[0-9a-f]{40}/g, '*')
        .replace(/\/(check-runs|comments)\/\d+/g, '/$1/*')
      const key = `${method} ${general}`
      const ordinal = (ordinals.get(key) ?? 0) + 1
      ordinals.set(key, ordinal)
      return { method, path: general, ordinal }
    })
}

/** What people do when something went wrong, or after the app was away: "Re-run", or any event where nothing stands yet. */
async function again(stories: readonly Story[]): Promise<void> {
  for (const { pull, repository } of stories) {
    const run = repository.checkRuns(pull.head).at(-1)
    if (run === undefined) await pull.label('again', 'ana')
    else await repository.rerequest(run, 'ana')
  }
  await app.quiet()
}

async function tell(call: Call, kind: string): Promise<Story> {
  const owner = `org-${(count += 1)}`
  return tellStory(app.github, owner, (installation) => {
    const path = call.path.replaceAll('OWNER', owner).replace('INSTALLATION', String(installation.id))
    app.github.faults.push({ method: call.method, path, calls: [call.ordinal], ...kinds[kind]?.() })
  })
}

/** What must hold whatever GitHub does. Each wrong is a sentence, so that one run of many stories tells all. */
function wrongs({ pull, repository }: Story): string[] {
  const runs = repository.checkRuns(pull.head)
  const [review, approval] = ['API review', 'API approval'].map((name) => runs.filter((run) => run.name === name).at(-1))
  const bodies = [...pull.state.comments, ...pull.state.reviewComments].map(({ body }) => body)
  const mayWait = approval !== undefined && /waiting|needs|approv/i.test(approval.title ?? '') ? approval.id : null
  return [
    ...runs.filter(({ conclusion }) => conclusion === 'success').map(({ name }) => `${name} was a success`),
    ...runs
      .filter(({ status, id }) => status !== 'completed' && id !== mayWait)
      .map(({ name, title }) => `${name} is left unfinished: ${title}`),
    ...(new Set(bodies).size < bodies.length ? [`said twice: ${JSON.stringify(bodies)}`] : []),
    ...(review?.conclusion === undefined || review.conclusion === 'failure' ? [] : [`API review ended as ${review.conclusion}`]),
  ]
}

/** As many stories at once as two cores tell well. */
const atOnce = 12

async function judge(pairs: readonly (readonly [Call, string])[]): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  for (let first = 0; first < pairs.length; first += atOnce) {
    const batch = pairs.slice(first, first + atOnce)
    const stories = await Promise.all(batch.map(([call, kind]) => tell(call, kind)))
    await app.quiet()
    const before = stories.map((story) => wrongs(story))
    await again(stories)
    for (const [index, story] of stories.entries()) {
      const [call, kind] = batch[index] ?? [undefined, '']
      const after = JSON.stringify(seen(story)) === JSON.stringify(faultless) ? [] : [`after the re-run: ${JSON.stringify(seen(story))}`]
      const all = [...(before[index] ?? []), ...after]
      if (all.length > 0) found[`${kind} at ${call?.method} ${call?.path} #${call?.ordinal}`] = all
    }
    if (isLong) console.info(`${Math.min(first + atOnce, pairs.length)} of ${pairs.length} faults, ${Object.keys(found).length} wrong`)
    app.github.faults.length = 0
  }
  return found
}

test('a review asks for all that the faults below are about', () => {
  const asked = new Set(calls.map(({ method, path }) => `${method} ${path}`))
  for (const wanted of [
    'POST /app/installations/INSTALLATION/access_tokens',
    'GET /repos/OWNER/shop/pulls/1',
    'GET /repos/OWNER/shop/pulls/1/reviews',
    'GET /orgs/OWNER/teams/api-owners/members',
    'POST /repos/OWNER/shop/check-runs',
    'POST /repos/OWNER/shop/issues/1/comments',
  ])
    expect([...asked]).toContain(wanted)
  console.info(`A review makes ${calls.length} calls of ${asked.size} kinds.`)
})

test('whatever fails, nothing is green that should not be, nothing is left unfinished, nothing is said twice', async () => {
  const names = Object.keys(kinds)
  const pairs = isLong
    ? calls.flatMap((call) => names.map((kind) => [call, kind] as const))
    : calls.map((call, index) => [call, names[index % names.length] ?? ''] as const)
  expect(await judge(pairs)).toEqual({})
}, 7_200_000)

test('the app asked GitHub for nothing that GitHub does not describe', () => {
  expect(app.github.violations).toEqual([])
})

test('every token reaches one repository', () => {
  const wishes = app.github.requests('apps/create-installation-access-token').map(({ body }) => body)
  expect(wishes.length).toBeGreaterThan(0)
  for (const wish of wishes) expect(wish).toEqual(expect.toSatisfy(isForOne))
})

function isForOne(wish: any): boolean {
  return (wish?.repository_ids ?? wish?.repositories)?.length === 1
}
