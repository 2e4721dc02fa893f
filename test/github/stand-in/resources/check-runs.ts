/** Check runs with GitHub's limits, also those its description cannot express. */
import { latestRuns, openSuite, rerequestRun, settle } from '../acts/check-runs.ts'
import {
  botLogin,
  counted,
  created,
  list,
  numberOf,
  ok,
  parameter,
  repositoryOf,
  stringOr,
  type Answer,
  type Context,
  type Routes,
} from '../context.ts'
import { notFound, unprocessable } from '../errors.ts'
import { resolve, resolveRef } from '../git.ts'
import { annotationJson, checkRunJson } from '../present/checks.ts'
import { nextId, timestamp, type Annotation, type CheckRun, type CheckStatus } from '../state.ts'

type Json = Readonly<Record<string, unknown>>

/** REST, "Create a check run": message and raw_details at most 64 KB, title at most 255 characters. */
const maximumMessageBytes = 65_536
const maximumTitleLength = 255

async function createRun(context: Context): Promise<Answer> {
  const { world, body } = context
  const repository = repositoryOf(context)
  const written = stringOr(body['head_sha'], '')
  const headSha = /^[0-9a-f]{40}$/.test(written) ? await resolve(repository.directory, written) : null
  if (headSha === null) throw unprocessable(`No commit found for SHA: ${written}`)
  const headBranch = [...repository.branches].find(([, sha]) => sha === headSha)?.[0] ?? null
  const suite = openSuite(world, repository, { app: world.app, headSha, headBranch, before: null })
  const run: CheckRun = {
    id: nextId(world),
    suite,
    repository,
    headSha,
    name: stringOr(body['name'], ''),
    status: 'queued',
    conclusion: null,
    externalId: '',
    detailsUrl: `${world.webUrl}/apps/${world.app.slug}`,
    startedAt: timestamp(world),
    completedAt: null,
    title: null,
    summary: null,
    text: null,
    annotations: [],
    actions: [],
    writes: 0,
  }
  if (run.name === '') throw unprocessable('Invalid request.\n\nname must not be empty.')
  write(context, run)
  world.checkRuns.push(run)
  await settle(world, run, { created: true, wasCompleted: false, sender: botLogin(world) })
  return created(checkRunJson(world, run))
}

async function updateRun(context: Context): Promise<Answer> {
  const run = runOf(context)
  if (run.suite.app !== context.world.app) throw notFound()
  const wasCompleted = run.status === 'completed'
  write(context, run)
  await settle(context.world, run, { created: false, wasCompleted, sender: botLogin(context.world) })
  return ok(checkRunJson(context.world, run))
}

function runOf(context: Context): CheckRun {
  const found = context.world.checkRuns.find(
    ({ id, repository }) => id === numberOf(context, 'check_run_id') && repository === repositoryOf(context),
  )
  if (found === undefined) throw notFound()
  return found
}

/** Applies a body to a run: everything is checked before anything is changed. */
function write({ world, body }: Context, run: CheckRun): void {
  const output = (body['output'] ?? {}) as Json
  const annotations = Array.isArray(output['annotations']) ? (output['annotations'] as Json[]).map(readAnnotation) : []
  const progress = readProgress(body, run.status)
  Object.assign(run, {
    name: stringOr(body['name'], run.name),
    externalId: stringOr(body['external_id'], run.externalId),
    detailsUrl: stringOr(body['details_url'], run.detailsUrl),
    startedAt: stringOr(body['started_at'], run.startedAt ?? timestamp(world)),
    title: stringOr(output['title'], run.title ?? '') || run.title,
    summary: typeof output['summary'] === 'string' ? output['summary'] : run.summary,
    text: typeof output['text'] === 'string' ? output['text'] : run.text,
    actions: Array.isArray(body['actions']) ? body['actions'] : run.actions,
    ...progress,
    completedAt: progress.status === 'completed' ? stringOr(body['completed_at'], run.completedAt ?? timestamp(world)) : null,
  })
  run.annotations.push(...annotations)
  run.writes += 1
}

/** A conclusion means completed; completed without a conclusion is refused. */
function readProgress(body: Json, before: CheckStatus): { status: CheckStatus; conclusion?: string | null } {
  const conclusion = body['conclusion']
  if (conclusion === 'stale') throw unprocessable('Invalid request.\n\nOnly GitHub can mark a check run as stale.')
  if (typeof conclusion === 'string') return { status: 'completed', conclusion }
  if (body['status'] === 'completed' || body['completed_at'] !== undefined)
    throw unprocessable('Invalid request.\n\nMissing input: "conclusion" is needed for a completed check run.')
  const status = body['status']
  if (status === 'queued' || status === 'in_progress') return { status, conclusion: null }
  return { status: before }
}

function readAnnotation(written: Json): Annotation {
  const number = (key: string): number | null => (typeof written[key] === 'number' ? written[key] : null)
  const text = (key: string): string | null => (typeof written[key] === 'string' ? written[key] : null)
  const annotation = {
    path: text('path') ?? '',
    start_line: number('start_line') ?? 0,
    end_line: number('end_line') ?? 0,
    start_column: number('start_column'),
    end_column: number('end_column'),
    annotation_level: written['annotation_level'] as Annotation['annotation_level'],
    message: text('message') ?? '',
    title: text('title'),
    raw_details: text('raw_details'),
  }
  const wrong = annotationProblems.find(({ holds }) => holds(annotation))
  if (wrong !== undefined) throw unprocessable(`Invalid request.\n\n${wrong.says}`)
  return annotation
}

const annotationProblems: readonly { says: string; holds: (annotation: Annotation) => boolean }[] = [
  { says: 'annotations: path must be a path inside the repository.', holds: ({ path }) => path === '' || path.startsWith('/') },
  { says: 'annotations: lines start at 1.', holds: ({ start_line: start }) => start < 1 },
  { says: 'annotations: end_line must not be before start_line.', holds: ({ start_line: start, end_line: end }) => end < start },
  {
    says: 'annotations: columns are only allowed when start_line and end_line are equal.',
    holds: (it) => (it.start_column !== null || it.end_column !== null) && it.start_line !== it.end_line,
  },
  { says: 'annotations: columns start at 1.', holds: ({ start_column: start, end_column: end }) => (start ?? 1) < 1 || (end ?? 1) < 1 },
  { says: 'annotations: message must not be empty.', holds: ({ message }) => message === '' },
  { says: 'annotations: message exceeds 64 KB.', holds: ({ message }) => Buffer.byteLength(message) > maximumMessageBytes },
  {
    says: 'annotations: raw_details exceeds 64 KB.',
    holds: ({ raw_details: details }) => Buffer.byteLength(details ?? '') > maximumMessageBytes,
  },
  { says: 'annotations: title exceeds 255 characters.', holds: ({ title }) => (title ?? '').length > maximumTitleLength },
]

/** GitHub's filters; without `filter=all` only the newest run of each name. */
export function filterRuns({ query }: Context, runs: readonly CheckRun[]): CheckRun[] {
  const [name, status, app] = [query.get('check_name'), query.get('status'), query.get('app_id')]
  const shown = query.get('filter') === 'all' ? runs : latestRuns(runs)
  return shown
    .filter(
      (run) =>
        (name === null || run.name === name) &&
        (status === null || run.status === status) &&
        (app === null || String(run.suite.app.id) === app),
    )
    .toReversed()
}

export const checkRunRoutes: Routes = {
  'checks/create': createRun,
  'checks/update': updateRun,
  'checks/get': (context) => ok(checkRunJson(context.world, runOf(context))),
  'checks/list-annotations': (context) => {
    const run = runOf(context)
    return list(run.annotations.map((annotation) => annotationJson(context.world, run, annotation)))
  },
  'checks/rerequest-run': async (context) => {
    await rerequestRun(context.world, runOf(context), botLogin(context.world))
    return { status: 201, body: {} }
  },
  'checks/list-for-ref': async (context) => {
    const repository = repositoryOf(context)
    const sha = await resolveRef(repository.directory, parameter(context, 'ref'))
    if (sha === null) throw unprocessable(`No commit found for SHA: ${parameter(context, 'ref')}`)
    const runs = context.world.checkRuns.filter((run) => run.repository === repository && run.headSha === sha)
    return counted(
      'check_runs',
      filterRuns(context, runs).map((run) => checkRunJson(context.world, run)),
    )
  },
}
