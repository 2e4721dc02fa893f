/** `specgate policy check`, `specgate policy explain` and `specgate policy schema`. */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Problem } from '../model/place.ts'
import type { Policy } from '../policy/parse-policy.ts'
import { exitCode, UsageError, type ExitCode } from './fail.ts'
import { print } from './print.ts'
import { colours } from './terminal.ts'

export interface CheckFlags {
  readonly format: 'text' | 'json'
}

/** Validates a policy, organisation or waiver file; each mistake with its line. 0: valid, 1: mistakes, 2: no such file. */
export async function runPolicyCheck(file: string, flags: CheckFlags): Promise<ExitCode> {
  const { parseOrganisationPolicy, parsePolicy, parseWaivers } = await import('../policy/parse-policy.ts')
  const text = readText(file)
  const isWaivers = /waivers\.ya?ml$/.test(basename(file))
  const isOrganisation = /^org:/m.test(text)
  const parsed = isWaivers ? parseWaivers(text, file) : isOrganisation ? parseOrganisationPolicy(text, file) : parsePolicy(text, file)
  const problems = 'problems' in parsed ? parsed.problems : []
  const notes = 'policy' in parsed ? await notesOn(parsed.policy, text) : []
  await print(
    flags.format === 'json'
      ? JSON.stringify({ schema: 'specgate/policy-check@1', file, valid: problems.length === 0, problems, notes }, null, 2)
      : [problemText(file, problems), ...notes.map((note) => `${colours.yellow('note')} ${note}`)].join('\n'),
  )
  return problems.length === 0 ? exitCode.fine : exitCode.thresholdMet
}

/** What is valid and has no effect: what this version does not do, and rules that no finding can have. */
async function notesOn(policy: Policy, text: string): Promise<readonly string[]> {
  const { policySettings } = await import('../policy/settings.ts')
  const { unknownRules } = await import('../policy/unknown-rules.ts')
  const { catalogueEntries } = await import('../catalogue.ts')
  const written = { path: '.github/specgate.yml', text, from: '' }
  const texts = { repository: written, organisation: null, waivers: null, codeowners: null, catalog: null, rulesets: [] }
  return [
    ...policySettings(texts).notes,
    ...unknownRules(
      policy,
      catalogueEntries().map(({ id }) => id),
    ),
  ]
}

function problemText(file: string, problems: readonly Problem[]): string {
  if (problems.length === 0) return `${colours.green('valid')} ${file}`
  const lines = problems.map(
    (problem) => `${colours.bold(`${problem.file}:${String(problem.line)}:${String(problem.column)}`)} ${problem.message}`,
  )
  return [...lines, colours.red(`${String(problems.length)} ${problems.length === 1 ? 'mistake' : 'mistakes'}`)].join('\n')
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new UsageError(`\`${file}\` cannot be read.`)
  }
}

/** Prints the JSON Schema for editors, of a policy or of a waiver file. */
export async function runPolicySchema(flags: { readonly waivers?: boolean }): Promise<ExitCode> {
  const { policyJsonSchema, waiversJsonSchema } = await import('../policy/policy-json-schema.ts')
  await print(JSON.stringify(flags.waivers === true ? waiversJsonSchema() : policyJsonSchema(), null, 2))
  return exitCode.fine
}

export interface ExplainFlags {
  readonly ref: string
  readonly organisation?: string
}

/** Prints the effective policy of the checkout and where each part comes from. 0: fine, 1: it has mistakes. */
export async function runPolicyExplain(flags: ExplainFlags): Promise<ExitCode> {
  const { readPolicyAt } = await import('../git/snapshot.ts')
  const { explainPolicy } = await import('../policy/explain.ts')
  const { policySettings } = await import('../policy/settings.ts')
  const written = await readPolicyAt(process.cwd(), flags.ref)
  const organisation =
    flags.organisation === undefined ? null : { path: flags.organisation, text: readText(flags.organisation), from: flags.organisation }
  const texts = { ...written, organisation }
  await print(explainPolicy(texts).join('\n'))
  const { problems } = policySettings(texts)
  if (problems.length > 0) await print(problemText('', problems))
  return problems.length === 0 ? exitCode.fine : exitCode.thresholdMet
}
