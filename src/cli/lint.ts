/** `specgate lint`: security rules over files; with --base, only what is new. */
import type { LintResult, Severity } from '../model/finding.ts'
import type { Source } from '../openapi/types.ts'
import { renderJson } from '../render/json.ts'
import { lintSarif } from '../render/sarif.ts'
import { lintText } from '../render/text.ts'
import { lint } from '../run-lint.ts'
import { exitCode, UsageError, type ExitCode } from './fail.ts'
import { readSources } from './input.ts'
import { print } from './print.ts'
import { colours, createProgress } from './terminal.ts'
import { tool } from './tool.ts'

export interface LintFlags {
  readonly format: 'text' | 'json' | 'sarif'
  readonly base?: string
  readonly failOn: Severity | 'none'
}

const formats: Readonly<Record<LintFlags['format'], (result: LintResult) => string>> = {
  text: (result) => lintText(result, colours),
  json: renderJson,
  sarif: (result) => lintSarif(result, tool),
}

const severities: readonly Severity[] = ['notice', 'warning', 'error']

/** Prints the findings. 0: below the threshold, 1: met, 2: a file could not be read. */
export async function runLint(files: readonly string[], flags: LintFlags): Promise<ExitCode> {
  const progress = createProgress()
  const results: LintResult[] = []
  for (const file of files) {
    progress.phase(`checking ${file}`)
    for (const source of (await readSources(file, process.cwd())).values()) {
      const base = flags.base === undefined ? null : await baseOf(flags.base, source)
      results.push(await lint(source, { now: new Date().toISOString(), ...(base === null ? {} : { base }) }))
    }
  }
  progress.done()
  const result = merge(results)
  await print(formats[flags.format](result))
  if (result.problems.some((problem) => problem.kind !== 'reference')) return exitCode.notEvaluated
  const threshold = flags.failOn === 'none' ? Number.POSITIVE_INFINITY : severities.indexOf(flags.failOn)
  return result.findings.some((finding) => severities.indexOf(finding.severity) >= threshold) ? exitCode.thresholdMet : exitCode.fine
}

/** `--base` names a file, `ref:path`, or a git revision at which the same path is looked up; absent there means everything is new. */
async function baseOf(base: string, head: Source): Promise<Source | null> {
  const named = await readSources(base, process.cwd()).catch((error: unknown) => {
    if (error instanceof UsageError && !base.includes(':')) return null
    throw error
  })
  if (named !== null) return [...named.values()][0] ?? null
  const { resolveCommit } = await import('../git/git.ts')
  await resolveCommit(process.cwd(), base)
  const there = await readSources(`${base}:${head.path ?? ''}`, process.cwd()).catch((error: unknown) => {
    if (error instanceof UsageError) return null
    throw error
  })
  return there === null ? null : ([...there.values()][0] ?? null)
}

function merge(results: readonly LintResult[]): LintResult {
  return {
    schema: 'specgate/lint@1',
    problems: results.flatMap((result) => result.problems),
    findings: results.flatMap((result) => result.findings),
    existing: results.reduce((total, result) => total + result.existing, 0),
    notes: [...new Set(results.flatMap((result) => result.notes))],
  }
}
