/**
 * kill -9 at random moments under load, on both stores, and a PostgreSQL that is restarted meanwhile: no delivery that was acknowledged
 * is lost, every pull request ends with its true check runs, and none is worked on by two workers at once.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { startChild, stopChild, webhooks } from '../app/child.ts'
import type { Child } from '../app/child.ts'
import { files, users } from '../app/shop.ts'
import { GitHubStandIn } from '../github/stand-in/stand-in.ts'
import type { PullRequestHandle, RepositoryHandle } from '../github/stand-in/handles.ts'
import { postgresPrograms, startCluster } from './cluster.ts'
import type { Cluster } from './cluster.ts'
import { isLong, kills } from './form.ts'

const seed = Number(process.env['SPECGATE_SEED'] ?? (isLong ? Date.now() % 1_000_000 : 7))

/** Repeatable chance (mulberry32). */
function chance(start: number): (below: number) => number {
  let state = start
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below)
  }
}

const breaking = users.replace('    name: { type: string }\n', '').replace('[id, name]', '[id]')
const contents = [
  { text: breaking, runs: { review: 'completed failure', approval: 'in_progress null' } },
  { text: users, runs: { review: 'completed success', approval: 'completed success' } },
] as const

interface Followed {
  readonly pull: PullRequestHandle
  wanted: (typeof contents)[number]
}

interface World {
  readonly github: GitHubStandIn
  readonly shop: RepositoryHandle
  readonly followed: Followed[]
  readonly pick: (below: number) => number
  pushes: number
}

async function createWorld(): Promise<World> {
  const github = await GitHubStandIn.start()
  github.team('acme', 'api-owners', { members: ['mia'] })
  github.user('ana')
  const shop = await github.createRepository('acme', 'shop', files, { roles: { ana: 'write', mia: 'write', '@acme/api-owners': 'write' } })
  await github.idle()
  github.world.deliveries.length = 0
  return { github, shop, followed: [], pick: chance(seed), pushes: 0 }
}

const mostPulls = 6

/** Somebody opens a pull request or pushes to one. */
async function act(world: World): Promise<void> {
  const { shop, followed, pick } = world
  const wanted = contents[pick(2)] ?? contents[0]
  const text = `${wanted.text}# ${(world.pushes += 1)}\n`
  const old = followed.length < mostPulls ? undefined : followed[pick(followed.length)]
  if (old !== undefined) {
    await old.pull.push({ 'api/schemas/users.yaml': text }, { author: 'ana' })
    old.wanted = wanted
    return
  }
  const branch = `topic-${followed.length}`
  await shop.commit(branch, { 'api/schemas/users.yaml': text }, { author: 'ana' })
  followed.push({ pull: await shop.openPullRequest({ author: 'ana', branch }), wanted })
}

/** The ways by which lost work is found again are closed or opened: what was acknowledged must be done without them. */
function setNets(github: GitHubStandIn, open: boolean): void {
  github.faults.length = 0
  if (open) return
  for (const path of ['/app/hook/deliveries', '/app/installations'])
    github.faults.push({ method: 'GET', path, status: 404, body: { message: 'Not Found' } })
}

function isAcknowledged({ github }: World, { pull }: Followed): boolean {
  return github.deliveries('pull_request').some(({ status, payload }) => status === 'OK' && JSON.stringify(payload).includes(pull.head))
}

/** What is not as it must be at the end, in words; null when all is well. */
function wrong({ shop }: World, { pull, wanted }: Followed): string | null {
  const runs = shop.checkRuns(pull.head)
  const shown = (name: string): string => {
    const run = runs.filter((one) => one.name === name).at(-1)
    return run === undefined ? 'nothing' : `${run.status} ${run.conclusion}`
  }
  const [review, approval] = [shown('API review'), shown('API approval')]
  if (review !== wanted.runs.review || approval !== wanted.runs.approval)
    return `#${pull.number} at ${pull.head}: ${review}, ${approval}; ${runs.map(({ title }) => title).join(' | ')}`
  const newest = runs.filter(({ name }) => name === 'API approval').at(-1)
  const left = pull.state.heads
    .flatMap((head) => shop.checkRuns(head))
    .filter(({ status, id }) => status !== 'completed' && id !== newest?.id)
  if (left.length > 0)
    return `#${pull.number} leaves ${left.map(({ name, headSha, title }) => `${name} on ${headSha} (${title})`).join(', ')}`
  const bodies = pull.state.comments.map(({ body }) => body)
  return bodies.length > 1 ? `#${pull.number} has ${bodies.length} summaries` : null
}

async function settled(world: World, which: (one: Followed) => boolean): Promise<readonly string[]> {
  const wrongs = (): string[] => world.followed.filter(which).flatMap((one) => wrong(world, one) ?? [])
  const end = Date.now() + 240_000
  while (wrongs().length > 0 && Date.now() < end) await setTimeout(200)
  return wrongs()
}

interface Life {
  readonly child: Child
  killedAt: number
}

/** Work on one key by two workers at the same time, over all processes, from what they logged. */
function overlaps(lives: readonly Life[]): string[] {
  const spans: { key: string; from: number; to: number }[] = []
  for (const { child, killedAt } of lives) {
    const open = new Map<string, { key: string; from: number; to: number }>()
    for (const line of child.output().split('\n')) {
      const [, time = '', job = '', key = '', word = ''] =
        /"time":"([^"]+)","job":"([^"]+)","key":"([^"]+)","msg":"A job (begins|ends)"/.exec(line) ?? []
      if (word === 'begins') {
        const span = { key, from: Date.parse(time), to: killedAt }
        open.set(job, span)
        spans.push(span)
      }
      const begun = open.get(job)
      if (word === 'ends' && begun !== undefined) begun.to = Date.parse(time)
    }
  }
  spans.sort((left, right) => left.from - right.from)
  expect(spans.length).toBeGreaterThan(0)
  return spans.flatMap((span, index) =>
    spans
      .slice(index + 1)
      .filter(({ key, from }) => key === span.key && from < span.to)
      .map(
        ({ key, from, to }) =>
          `${key}: ${new Date(span.from).toISOString()} to ${new Date(span.to).toISOString()}, and from ${new Date(from).toISOString()} to ${new Date(to).toISOString()}`,
      ),
  )
}

interface Storm {
  readonly world: World
  readonly env: Record<string, string>
  readonly replicas: number
  readonly cluster: Cluster | null
}

async function storm({ world, env, replicas, cluster }: Storm): Promise<void> {
  const { github, pick } = world
  const lives: Life[] = []
  const start = async (): Promise<Life> => {
    const child = await startChild({ ...github.environment(), LOG_LEVEL: 'debug', SPECGATE_SECOND_OPINION: 'off', ...env })
    expect(child.port, child.output()).not.toBe(0)
    const life = { child, killedAt: Number.POSITIVE_INFINITY }
    lives.push(life)
    return life
  }
  const kill = async (life: Life): Promise<void> => {
    life.child.process.kill('SIGKILL')
    await life.child.ended
    life.killedAt = Date.now()
  }
  setNets(github, false)
  let alive: Life[] = await Promise.all(Array.from({ length: replicas }, start))
  const deliverSomewhere = (): void => {
    const one = alive[pick(alive.length)]
    github.deliverTo(one === undefined ? null : webhooks(one.child))
  }
  try {
    for (let round = 1; round <= kills; round += 1) {
      for (let acts = 1 + pick(3); acts > 0; acts -= 1) {
        deliverSomewhere()
        await act(world)
      }
      const restarted = cluster !== null && round % 8 === 2 ? cluster.restart(pick(2) === 0 ? 'fast' : 'immediate') : Promise.resolve()
      await setTimeout(pick(2_500))
      const victim = alive[pick(alive.length)]
      if (victim === undefined) throw new Error('Nobody is alive.')
      await kill(victim)
      await restarted
      alive = [...alive.filter((life) => life !== victim), await start()]
      if (isLong && round % 10 === 0) console.info(`${round} kills, ${world.pushes} pushes`)
    }
    await github.idle()
    const acknowledged = world.followed.filter((one) => isAcknowledged(world, one))
    expect(await settled(world, (one) => acknowledged.includes(one))).toEqual([])
    // Now everything else, too: what failed to be delivered is found when somebody starts.
    setNets(github, true)
    const victim = alive[0]
    if (victim !== undefined) await kill(victim)
    alive = [...alive.slice(1), await start()]
    deliverSomewhere()
    expect(await settled(world, () => true)).toEqual([])
    expect(overlaps(lives)).toEqual([])
    const deliveries = github.deliveries('pull_request')
    console.info(
      `Seed ${seed}: ${kills} kills, ${world.pushes} pushes, ${deliveries.filter(({ status }) => status === 'OK').length} of ${deliveries.length} deliveries acknowledged, ` +
        `${acknowledged.length} of ${world.followed.length} pull requests acknowledged at their last head, all ${world.followed.length} true in the end.`,
    )
  } finally {
    github.deliverTo(null)
    await Promise.all(alive.map(({ child }) => stopChild(child)))
  }
}

test(`killed ${kills} times on a folder, nothing acknowledged is lost`, async () => {
  const world = await createWorld()
  const folder = await mkdtemp(join(tmpdir(), 'specgate-kills-'))
  await storm({ world, env: { SPECGATE_DATA_DIR: folder }, replicas: 1, cluster: null })
  await world.github.stop()
  await rm(folder, { recursive: true, force: true })
}, 7_200_000)

const programs = postgresPrograms()

test(`killed ${kills} times in three replicas on a PostgreSQL that is restarted meanwhile, nothing acknowledged is lost`, async () => {
  if (programs === null) {
    console.info('No PostgreSQL is installed: replicas were not killed. In CI its absence fails.')
    expect(process.env['CI']).not.toBe('true')
    return
  }
  const world = await createWorld()
  const cluster = await startCluster(programs)
  try {
    await storm({ world, env: { DATABASE_URL: cluster.url }, replicas: 3, cluster })
  } finally {
    await cluster.discard()
    await world.github.stop()
  }
}, 7_200_000)
