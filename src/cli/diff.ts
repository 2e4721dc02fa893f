/** `specgate diff`: two files, git revisions, or folders, where each description is compared with its namesake. */
import type { DiffResult, DiffSummary } from '../model/change.ts'
import { renderJson } from '../render/json.ts'
import { diffMarkdown } from '../render/markdown.ts'
import { diffSarif } from '../render/sarif.ts'
import { diffText } from '../render/text.ts'
import { diff } from '../run-diff.ts'
import { exitCode, type ExitCode } from './fail.ts'
import { readSources, type NamedSources } from './input.ts'
import { print } from './print.ts'
import { colours, createProgress } from './terminal.ts'
import { tool } from './tool.ts'

export interface DiffFlags {
  readonly format: 'text' | 'json' | 'markdown' | 'sarif'
  readonly failOn: 'breaking' | 'dangerous' | 'weakening' | 'none'
}

const formats: Readonly<Record<DiffFlags['format'], (result: DiffResult) => string>> = {
  text: (result) => diffText(result, colours),
  json: renderJson,
  markdown: diffMarkdown,
  sarif: (result) => diffSarif(result, tool),
}

/** Whether a summary meets a threshold; `weakening` counts exposure too, both make an API less safe. */
const thresholds: Readonly<Record<DiffFlags['failOn'], (summary: DiffSummary) => boolean>> = {
  breaking: (summary) => summary.breaking > 0,
  dangerous: (summary) => summary.breaking + summary.dangerous > 0,
  weakening: (summary) => summary.weakening + summary.exposure > 0,
  none: () => false,
}

/** Prints the differences. 0: below the threshold, 1: met, 2: a side could not be read. */
export async function runDiff(base: string, head: string, flags: DiffFlags): Promise<ExitCode> {
  const progress = createProgress()
  progress.phase('reading')
  const sides = { base: await readSources(base, process.cwd()), head: await readSources(head, process.cwd()) }
  progress.phase('comparing')
  const result = merge(compareNamesakes(sides.base, sides.head))
  progress.done()
  await print(formats[flags.format](result))
  if (result.problems.some((problem) => problem.kind !== 'reference')) return exitCode.notEvaluated
  return thresholds[flags.failOn](result.summary) ? exitCode.thresholdMet : exitCode.fine
}

function compareNamesakes(base: NamedSources, head: NamedSources): readonly DiffResult[] {
  const [onlyBase, onlyHead] = [[...base.values()], [...head.values()]]
  if (onlyBase.length === 1 && onlyHead.length === 1) return [diff(onlyBase[0] ?? null, onlyHead[0] ?? null)]
  const names = [...new Set([...base.keys(), ...head.keys()])].sort()
  return names.map((name) => diff(base.get(name) ?? null, head.get(name) ?? null))
}

function merge(results: readonly DiffResult[]): DiffResult {
  const sum = (count: (summary: DiffSummary) => number) => results.reduce((total, { summary }) => total + count(summary), 0)
  return {
    schema: 'specgate/diff@1',
    problems: results.flatMap((result) => result.problems),
    changes: results.flatMap((result) => result.changes),
    summary: {
      breaking: sum((one) => one.breaking),
      dangerous: sum((one) => one.dangerous),
      nonbreaking: sum((one) => one.nonbreaking),
      docs: sum((one) => one.docs),
      weakening: sum((one) => one.weakening),
      strengthening: sum((one) => one.strengthening),
      exposure: sum((one) => one.exposure),
      operations: {
        base: sum((one) => one.operations.base),
        head: sum((one) => one.operations.head),
        compared: sum((one) => one.operations.compared),
      },
    },
  }
}
