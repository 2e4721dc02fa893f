/** `specgate policy replay`: which of the changes merged lately another policy would have treated differently. */
import { readFileSync } from 'node:fs'
import type { Decision } from '../model/decision.ts'
import type { PolicyTexts } from '../model/snapshot.ts'
import type { Replayed, ReplaySummary } from '../policy/replay.ts'
import { exitCode, UsageError, type ExitCode } from './fail.ts'
import { print } from './print.ts'
import { createProgress } from './terminal.ts'

export interface ReplayFlags {
  readonly format: 'text' | 'json'
  /** The proposed policy. */
  readonly policy: string
  /** Branch whose history is looked at, and whose policy the proposed one is compared with. */
  readonly ref: string
  readonly last: string
  readonly organisation?: string
}

/** Prints what would have been different. 0: evaluated, 1: the proposed policy has mistakes, 2: could not evaluate. */
export async function runPolicyReplay(flags: ReplayFlags): Promise<ExitCode> {
  const last = Number(flags.last)
  if (!Number.isInteger(last) || last < 1 || last > 1000) throw new UsageError('`--last` is a number from 1 to 1000.')
  const texts = await textsOf(flags)
  const { loadPolicies } = await import('../policy/load-policies.ts')
  const [mistake] = loadPolicies(texts.proposed).problems
  if (mistake !== undefined) {
    await print(`${mistake.file}:${String(mistake.line)}:${String(mistake.column)} ${mistake.message}`)
    return exitCode.thresholdMet
  }
  const { changes, skipped } = await replay(flags.ref, last, texts)
  const { summariseReplay } = await import('../policy/replay.ts')
  const summary = summariseReplay(changes)
  await print(flags.format === 'json' ? jsonOf(summary, changes.length) : textOf(summary))
  return skipped > 0 ? exitCode.notEvaluated : exitCode.fine
}

interface Texts {
  readonly current: PolicyTexts
  readonly proposed: PolicyTexts
}

async function textsOf({ policy, ref, organisation }: ReplayFlags): Promise<Texts> {
  const { readPolicyAt } = await import('../git/snapshot.ts')
  const written = await readPolicyAt(process.cwd(), ref)
  const above = organisation === undefined ? null : { path: organisation, text: readText(organisation), from: organisation }
  const current = { ...written, organisation: above }
  return { current, proposed: { ...current, repository: { path: policy, text: readText(policy), from: policy } } }
}

/** Changes that touch no file that could be part of a description are not even compared. */
async function replay(
  ref: string,
  last: number,
  { current, proposed }: Texts,
): Promise<{ readonly changes: readonly Replayed[]; readonly skipped: number }> {
  const { changedPaths, mergedChanges } = await import('../git/history.ts')
  const { candidatePath } = await import('../openapi/discover.ts')
  const cwd = process.cwd()
  const progress = createProgress()
  const changes: Replayed[] = []
  let skipped = 0
  for (const { commit, parent, subject } of await mergedChanges(cwd, ref, last)) {
    if (!(await changedPaths(cwd, parent, commit)).some(candidatePath)) continue
    progress.phase(`replaying ${commit.slice(0, 7)} ${subject}`)
    const before = await decideChange({ cwd, parent, commit }, current)
    const after = await decideChange({ cwd, parent, commit }, proposed)
    if (before === null || after === null) skipped += 1
    else if (before.touchesApi || after.touchesApi)
      changes.push({ name: `${commit.slice(0, 7)} ${subject}`, before: before.decision, after: after.decision })
  }
  progress.done()
  if (skipped > 0) process.stderr.write(`specgate: ${String(skipped)} of the changes could not be evaluated and are not counted.\n`)
  return { changes, skipped }
}

interface Change {
  readonly cwd: string
  readonly parent: string
  readonly commit: string
}

/** The decision without anybody's approval; null when the change cannot be evaluated. */
async function decideChange(
  { cwd, parent, commit }: Change,
  policy: PolicyTexts,
): Promise<{ readonly decision: Decision; readonly touchesApi: boolean } | null> {
  const { readLocalSnapshot } = await import('../git/snapshot.ts')
  const { review } = await import('../run.ts')
  const snapshot = await readLocalSnapshot({ cwd, base: parent, head: commit, now: new Date().toISOString(), policy })
  const { decision, apis, verdict } = await review(snapshot)
  return verdict.notEvaluated.length > 0 ? null : { decision, touchesApi: apis.length > 0 }
}

function textOf({ sentence, different }: ReplaySummary): string {
  return [sentence, ...different.flatMap(({ name, sentences }) => [name, ...sentences.map((one) => `  ${one}`)])].join('\n')
}

function jsonOf(summary: ReplaySummary, changes: number): string {
  return JSON.stringify({ schema: 'specgate/policy-replay@1', changes, ...summary }, null, 2)
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new UsageError(`\`${file}\` cannot be read.`)
  }
}
