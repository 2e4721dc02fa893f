/** `specgate review` and `specgate replay`: the whole pipeline on a local checkout or on a stored snapshot. */
import { readFileSync, writeFileSync } from 'node:fs'
import type { Review } from '../model/review.ts'
import type { PullRequestSnapshot } from '../model/snapshot.ts'
import { renderJson } from '../render/json.ts'
import { reviewMarkdown } from '../render/markdown.ts'
import { reviewSarif } from '../render/sarif.ts'
import { reviewText } from '../render/text.ts'
import { workflowCommands } from '../render/workflow-commands.ts'
import { exitCode, UsageError, type ExitCode } from './fail.ts'
import { print } from './print.ts'
import { colours, createProgress } from './terminal.ts'
import { tool } from './tool.ts'

type Format = 'text' | 'json' | 'markdown' | 'sarif' | 'github'

const formats: Readonly<Record<Format, (review: Review) => string>> = {
  text: (review) => reviewText(review, colours),
  json: renderJson,
  markdown: (review) => reviewMarkdown(review),
  sarif: (review) => reviewSarif(review, tool),
  github: workflowCommands,
}

export interface ReviewFlags {
  readonly format: Format
  readonly base?: string
  readonly head: string
  readonly save?: string
  readonly secondOpinion?: boolean
}

/** Reviews `head` of the checkout in the current folder against its merge base. */
export async function runReview(flags: ReviewFlags): Promise<ExitCode> {
  const { readLocalSnapshot } = await import('../git/snapshot.ts')
  const progress = createProgress()
  progress.phase('reading the repository')
  const snapshot = await readLocalSnapshot({
    cwd: process.cwd(),
    base: flags.base ?? null,
    head: flags.head,
    now: new Date().toISOString(),
  })
  progress.done()
  if (flags.head === 'HEAD') await warnOfUncommitted()
  if (flags.save !== undefined) writeFileSync(flags.save, `${JSON.stringify(snapshot)}\n`)
  return show(snapshot, flags)
}

/** What is not committed is not part of a pull request; a changed description among it deserves a word. */
async function warnOfUncommitted(): Promise<void> {
  const { uncommittedFiles } = await import('../git/tree.ts')
  const { candidatePath } = await import('../openapi/discover.ts')
  const files = (await uncommittedFiles(process.cwd())).filter(candidatePath)
  if (files.length > 0)
    process.stderr.write(
      `specgate: ${files.slice(0, 3).join(', ')} ${files.length === 1 ? 'is' : 'are'} not committed and so not reviewed.\n`,
    )
}

/** Reviews a stored snapshot again. */
export async function runReplay(file: string, flags: Shown): Promise<ExitCode> {
  return show(readSnapshot(file), flags)
}

type Shown = Pick<ReviewFlags, 'format' | 'secondOpinion'>

async function show(snapshot: PullRequestSnapshot, { format, secondOpinion }: Shown): Promise<ExitCode> {
  const progress = createProgress()
  progress.phase('reviewing')
  const result =
    secondOpinion === true
      ? await (await import('../review-with-second-opinion.ts')).reviewWithSecondOpinion(snapshot)
      : await (await import('../run.ts')).review(snapshot)
  progress.done()
  await print(formats[format](result))
  if (result.verdict.notEvaluated.length > 0) return exitCode.notEvaluated
  return result.verdict.review === 'failure' ? exitCode.thresholdMet : exitCode.fine
}

/** A stored snapshot. Throws UsageError with a sentence when it is none. */
export function readSnapshot(file: string): PullRequestSnapshot {
  let text
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw new UsageError(`\`${file}\` cannot be read.`)
  }
  const value = parse(text, file)
  if (!isSnapshot(value))
    throw new UsageError(`\`${file}\` is not a snapshot: its \`schema\` is not \`specgate/snapshot@1\`, or parts are missing.`)
  return value
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UsageError(`\`${file}\` is not JSON: ${error instanceof Error ? error.message : ''}`)
  }
}

const parts = [
  'repository',
  'commits',
  'now',
  'changedFiles',
  'trees',
  'unreadable',
  'blobs',
  'policy',
  'people',
  'reviewed',
  'gaps',
] as const

/** A border check: the parts are there. Snapshots are written by Specgate itself, so their insides are trusted. */
function isSnapshot(value: unknown): value is PullRequestSnapshot {
  return (
    typeof value === 'object' &&
    value !== null &&
    'schema' in value &&
    value.schema === 'specgate/snapshot@1' &&
    parts.every((part) => part in value)
  )
}
