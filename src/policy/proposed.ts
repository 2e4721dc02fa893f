/** What a pull request would change about the policy, in words, and whether its version can be used at all. Never decides anything. */
import type { DecisionInput } from '../model/api-facts.ts'
import type { Problem } from '../model/place.ts'
import type { TextFile } from '../model/snapshot.ts'
import type { LoadedPolicies } from './load-policies.ts'
import { parsePolicy, parseWaivers, type Policy } from './parse-policy.ts'

export interface PolicyDifferences {
  /** Mistakes in the files as the pull request leaves them. */
  readonly problems: readonly Problem[]
  /** One sentence when the proposed policy cannot be used. */
  readonly invalid: string | null
  readonly differences: readonly string[]
}

/** Compares the touched files of head with those of base. */
export function policyDifferences(input: DecisionInput, loaded: LoadedPolicies): PolicyDifferences {
  const { proposed, changedFiles } = input
  if (proposed === undefined) return { problems: [], invalid: null, differences: [] }
  const touched = new Set(changedFiles.flatMap(({ path, previousPath }) => [path, previousPath ?? path]))
  const head = readTouched(proposed.repository, touched, parsePolicy)
  const waivers = readTouched(proposed.waivers, touched, parseWaivers)
  const problems = [head, waivers].flatMap((result) => (result !== null && 'problems' in result ? result.problems : []))
  const first = problems[0]
  return {
    problems,
    invalid: first === undefined ? null : `\`${first.file}\` has a mistake at line ${first.line}: ${first.message}`,
    differences: [
      ...removalSentence(input, touched),
      ...(head !== null && 'policy' in head ? comparePolicies(loaded.written?.policy ?? null, head.policy) : []),
    ],
  }
}

function readTouched<T>(file: TextFile | null, touched: ReadonlySet<string>, read: (text: string, path: string) => T): T | null {
  return file !== null && touched.has(file.path) ? read(file.text, file.path) : null
}

function removalSentence({ proposed, policy }: DecisionInput, touched: ReadonlySet<string>): string[] {
  const isRemoved = proposed?.repository === null && policy.repository !== null && touched.has(policy.repository.path)
  return isRemoved ? ['The policy file is removed: only the floor of the organisation and the built-in advice would remain.'] : []
}

/** The difference between two policies in sentences, most important first. */
export function comparePolicies(base: Policy | null, head: Policy): string[] {
  const before = base ?? { version: 1 }
  return [...ruleDifferences(before, head), ...valueDifferences(before, head)]
}

function ruleDifferences(base: Policy, head: Policy): string[] {
  const before = new Map(allRules(base).map((rule) => [rule.name, rule]))
  const after = new Map(allRules(head).map((rule) => [rule.name, rule]))
  return [
    ...[...before.keys()].filter((name) => !after.has(name)).map((name) => `Rule “${name}” is removed.`),
    ...[...after].flatMap(([name, rule]) => {
      const old = before.get(name)
      if (old === undefined) return [`Rule “${name}” is added.`]
      const keys = changedKeys(old, rule)
      return keys.length === 0 ? [] : [`Rule “${name}” changes: ${keys.map((key) => `\`${key}\``).join(', ')}.`]
    }),
  ]
}

function allRules(policy: Policy) {
  return [...(policy.org?.floor?.rules ?? []), ...(policy.rules ?? [])]
}

const wholeValues = ['mode', 'policy_owners', 'extends'] as const
const parts = [
  'apis',
  'owners',
  'classify',
  'versioning',
  'sensitive',
  'rulesets',
  'approvals',
  'waivers',
  'freeze',
  'evidence',
  'review',
  'org',
] as const

function valueDifferences(base: Policy, head: Policy): string[] {
  const whole = wholeValues.flatMap((key) =>
    isEqual(base[key], head[key]) ? [] : [`\`${key}\` changes from ${shown(base[key])} to ${shown(head[key])}.`],
  )
  const changed = parts
    .filter((key) => !isEqual(withoutRules(base[key]), withoutRules(head[key])))
    .map((key) => `\`${key}\` ${change(base[key], head[key])}.`)
  return [...whole, ...changed]
}

/** The floor's rules are compared by name above. */
function withoutRules(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('floor' in value) || typeof value.floor !== 'object') return value
  return { ...value, floor: { ...value.floor, rules: null } }
}

function change(before: unknown, after: unknown): string {
  if (before === undefined) return 'is added'
  return after === undefined ? 'is removed' : 'changes'
}

function changedKeys(a: object, b: object): string[] {
  const [before, after] = [new Map<string, unknown>(Object.entries(a)), new Map<string, unknown>(Object.entries(b))]
  return [...new Set([...before.keys(), ...after.keys()])].filter((key) => !isEqual(before.get(key), after.get(key)))
}

function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``
}
