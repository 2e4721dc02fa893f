/** Reads policy, organisation and waiver files: YAML, the grammar, and what the grammar cannot say. All mistakes at once, each with its line. */
import type { Problem } from '../model/place.ts'
import { describeMistakes } from './describe-mistakes.ts'
import { policyJsonSchema, waiversJsonSchema } from './policy-json-schema.ts'
import { readYaml, type Path, type YamlText } from './read-yaml.ts'
import { policy as policySchema, waiversDocument, waiversFile, type Policy } from './written-policy.ts'
import type { Require, Waiver } from './written-rules.ts'

export type { Policy } from './written-policy.ts'
export type { Waiver } from './written-rules.ts'

export type ParsedPolicy = { readonly policy: Policy } | { readonly problems: readonly Problem[] }
export type ParsedWaivers = { readonly waivers: readonly Waiver[] } | { readonly problems: readonly Problem[] }

/** A policy together with the places of what it says, for messages that come later. */
export interface LocatedPolicy {
  readonly policy: Policy
  readonly problemAt: YamlText['problemAt']
}

const repositoryFile = '.github/specgate.yml'

/** Reads a repository's policy. `path` is the file's name in problems. */
export function parsePolicy(text: string, path: string = repositoryFile): ParsedPolicy {
  const located = locatePolicy(text, path)
  return 'problems' in located ? located : { policy: located.policy }
}

/** Reads the organisation's file: the same grammar, with `org`. */
export function parseOrganisationPolicy(text: string, path = 'specgate.yml'): ParsedPolicy {
  return parsePolicy(text, path)
}

/** Reads a policy and keeps where everything stands. */
export function locatePolicy(text: string, path: string): LocatedPolicy | { readonly problems: readonly Problem[] } {
  const yaml = readYaml(text, path)
  if ('problems' in yaml) return yaml
  const result = policySchema.safeParse(withoutFreeKeys(yaml.value))
  if (!result.success) return { problems: describeMistakes(result.error.issues, yaml, policyJsonSchema) }
  const problems = contradictions(result.data).map(({ at, message }) => yaml.problemAt(at, message))
  return problems.length > 0 ? { problems } : { policy: result.data, problemAt: yaml.problemAt }
}

/** Reads `.github/specgate-waivers.yml`. Dates and grantors are judged when a decision is made. */
export function parseWaivers(text: string, path: string = waiversFile): ParsedWaivers {
  const located = locateWaivers(text, path)
  return 'problems' in located ? located : { waivers: located.waivers }
}

export interface LocatedWaivers {
  readonly waivers: readonly Waiver[]
  readonly problemAt: (index: number, message: string) => Problem
}

/** Reads a waiver file and keeps where each waiver stands. */
export function locateWaivers(text: string, path: string): LocatedWaivers | { readonly problems: readonly Problem[] } {
  const yaml = readYaml(text, path)
  if ('problems' in yaml) return yaml
  const value = withoutFreeKeys(yaml.value)
  const result = waiversDocument.safeParse(value)
  if (!result.success) return { problems: describeMistakes(result.error.issues, yaml, waiversJsonSchema) }
  const waivers = result.data.waivers
  const problems = repeated(waivers.map(({ id }) => id)).map((index) => yaml.problemAt(['waivers', index], 'Two waivers have the same id.'))
  if (problems.length > 0) return { problems }
  return { waivers, problemAt: (index, message) => yaml.problemAt(waiverPath(yaml.value, index), message) }
}

/** The list stands below `waivers` or below `waivers.list`. */
function waiverPath(document: unknown, index: number): Path {
  const isList = typeof document === 'object' && document !== null && 'waivers' in document && Array.isArray(document.waivers)
  return isList ? ['waivers', index] : ['waivers', 'list', index]
}

/** `x-` keys are people's own, at every level. */
function withoutFreeKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutFreeKeys)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([key]) => !key.startsWith('x-'))
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutFreeKeys(inner)]))
}

interface Contradiction {
  readonly at: Path
  readonly message: string
}

/** What no grammar can say: names used twice, references to what is not declared. */
function contradictions(policy: Policy): Contradiction[] {
  const floor = policy.org?.floor?.rules ?? []
  const names = [...floor, ...(policy.rules ?? [])].map(({ name }) => name.trim().toLowerCase())
  const pathOfRule = (index: number): Path =>
    index < floor.length ? ['org', 'floor', 'rules', index, 'name'] : ['rules', index - floor.length, 'name']
  const evidence = (policy.evidence ?? []).map(({ id }) => id)
  return [
    ...repeated(names).map((index) => ({ at: pathOfRule(index), message: 'Two rules have the same name; a name says which rule asks.' })),
    ...repeated(evidence).map((index) => ({ at: ['evidence', index, 'id'], message: 'Two kinds of evidence have the same id.' })),
    ...repeated((policy.waivers?.list ?? []).map(({ id }) => id)).map((index) => ({
      at: ['waivers', 'list', index, 'id'],
      message: 'Two waivers have the same id.',
    })),
    ...repeated((policy.apis ?? []).flatMap(({ id }) => id ?? [])).map((index) => ({
      at: ['apis', index, 'id'],
      message: 'Two APIs have the same id.',
    })),
    ...undeclaredEvidence(policy, new Set(evidence)),
  ]
}

function undeclaredEvidence(policy: Policy, declared: ReadonlySet<string>): Contradiction[] {
  const asking: { readonly at: Path; readonly require: Require | undefined }[] = [
    ...(policy.rules ?? []).map(({ require }, index) => ({ at: ['rules', index, 'require'], require })),
    ...(policy.org?.floor?.rules ?? []).map(({ require }, index) => ({ at: ['org', 'floor', 'rules', index, 'require'], require })),
    ...(policy.freeze ?? []).map(({ except }, index) => ({ at: ['freeze', index, 'except'], require: except })),
  ]
  return asking.flatMap(({ at, require }) =>
    (require?.evidence ?? [])
      .filter((id) => !declared.has(id))
      .map((id) => ({
        at: [...at, 'evidence'],
        message: `The evidence \`${id}\` is not declared: add it to \`evidence\`, with the app that reports it.`,
      })),
  )
}

/** Indexes of what has been seen before. */
function repeated(values: readonly string[]): number[] {
  return values.flatMap((value, index) => (values.indexOf(value) < index ? [index] : []))
}
