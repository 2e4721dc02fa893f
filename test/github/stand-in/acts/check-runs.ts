/** Check runs and suites: what a write changes, when a suite is complete, and what a person's click on "Re-run" sends. */
import { emit } from '../events.ts'
import { checkRunJson, checkSuiteJson } from '../present/checks.ts'
import { changed, nextId, timestamp, type AppIdentity, type CheckRun, type CheckSuite, type Repository, type World } from '../state.ts'

/** Worst first: what a suite concludes from its runs. */
const conclusionOrder = ['failure', 'timed_out', 'cancelled', 'action_required', 'success', 'neutral', 'skipped']

interface SuiteWish {
  readonly app: AppIdentity
  readonly headSha: string
  readonly headBranch: string | null
  readonly before: string | null
}

/** One suite per commit and app; asked for again it is the same one. */
export function openSuite(world: World, repository: Repository, wish: SuiteWish): CheckSuite {
  const known = world.suites.find((suite) => suite.repository === repository && suite.headSha === wish.headSha && suite.app === wish.app)
  if (known !== undefined) return known
  const at = timestamp(world)
  const suite: CheckSuite = { id: nextId(world), repository, ...wish, status: 'queued', conclusion: null, createdAt: at, updatedAt: at }
  world.suites.push(suite)
  return suite
}

export async function suiteEvent(world: World, suite: CheckSuite, { action, sender }: { action: string; sender: string }): Promise<void> {
  if (action !== 'completed' && suite.app !== world.app) return
  emit(world, {
    event: 'check_suite',
    action,
    repository: suite.repository,
    sender,
    payload: { check_suite: await checkSuiteJson(world, suite) },
  })
}

/** `created` and `completed` come for every app's runs; `rerequested` and `requested_action` only to the run's own app. */
async function runEvent(
  world: World,
  run: CheckRun,
  { action, sender, extra = {} }: { action: string; sender: string; extra?: Record<string, unknown> },
): Promise<void> {
  const told = { ...checkRunJson(world, run), check_suite: await checkSuiteJson(world, run.suite) }
  emit(world, { event: 'check_run', action, repository: run.repository, sender, payload: { check_run: told, ...extra } })
}

/** After a write to a run: the suite's state, and the events. */
export async function settle(
  world: World,
  run: CheckRun,
  { created, wasCompleted, sender }: { created: boolean; wasCompleted: boolean; sender: string },
): Promise<void> {
  const { suite } = run
  const runs = latestRuns(world.checkRuns.filter((candidate) => candidate.suite === suite))
  const complete = runs.every(({ status }) => status === 'completed')
  suite.status = complete ? 'completed' : 'in_progress'
  suite.conclusion = complete
    ? (conclusionOrder.find((conclusion) => runs.some((candidate) => candidate.conclusion === conclusion)) ?? 'neutral')
    : null
  suite.updatedAt = timestamp(world)
  changed(world)
  if (created) await runEvent(world, run, { action: 'created', sender })
  if (run.status !== 'completed' || wasCompleted) return
  await runEvent(world, run, { action: 'completed', sender })
  if (complete) await suiteEvent(world, suite, { action: 'completed', sender })
}

/** The newest run of each name and suite: GitHub's `filter=latest`. */
export function latestRuns(runs: readonly CheckRun[]): CheckRun[] {
  const newest = new Map<string, CheckRun>()
  for (const run of runs) newest.set(`${run.suite.id} ${run.name}`, run)
  return [...newest.values()]
}

/** "Re-run" on one check: GitHub resets the suite, leaves the run as it is, and tells the run's app. */
export async function rerequestRun(world: World, run: CheckRun, sender: string): Promise<void> {
  run.suite.status = 'queued'
  run.suite.conclusion = null
  if (run.suite.app === world.app) await runEvent(world, run, { action: 'rerequested', sender })
}

/** "Re-run all checks". */
export async function rerequestSuite(world: World, suite: CheckSuite, sender: string): Promise<void> {
  suite.status = 'queued'
  suite.conclusion = null
  await suiteEvent(world, suite, { action: 'rerequested', sender })
}

/** A click on one of the run's buttons. */
export async function requestAction(
  world: World,
  run: CheckRun,
  { identifier, sender }: { identifier: string; sender: string },
): Promise<void> {
  if (!run.actions.some((action) => action.identifier === identifier))
    throw new Error(`The check run "${run.name}" has no button \`${identifier}\`.`)
  await runEvent(world, run, { action: 'requested_action', sender, extra: { requested_action: { identifier } } })
}
