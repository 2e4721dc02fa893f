/**
 * Makes the rules of a ruleset answer from one shared walk: what each is given is found by us, its own functions judge it, and Spectral, which is given
 * `$` only, collects the answers. A function that fails costs its rule one note, not the run.
 */
import type { Rule, Ruleset } from '@stoplight/spectral-core'
import owasp from '@stoplight/spectral-owasp-ruleset'
import { oas } from '@stoplight/spectral-rulesets'
import type { JsonObject, Node, Operation, SpecVersion } from '../../openapi/types.ts'
import { isList, isObject, objectField } from '../../openapi/values.ts'
import type { ReportingRule } from '../compare.ts'
import { wholeOperation } from '../collections.ts'
import type { Described } from '../described.ts'
import { semanticPlace } from '../identity.ts'
import type { Session } from '../session.ts'
import type { Hit, Use } from '../rule.ts'
import { parseJsonPath } from './json-path.ts'
import { lintTargets } from './lint-targets.ts'
import { filledTemplate } from './message-template.ts'
import { hasPlainExamples } from './plain-example.ts'
import { resolvedTree } from './resolved-tree.ts'
import type { ResolvedTree } from './resolved-tree.ts'
import { sharedWalk } from './shared-walk.ts'
import type { Match, Query } from './shared-walk.ts'

/** Functions that look at everything below their target; a value that references blow up beyond `largestTarget` is not given to them. */
const thorough = new Set(['oasExample', 'oasSchema', 'typedEnum'])
/** Values below a target, counted with multiplicity. Compiling a schema takes ajv time in the square of them: five thousand, about a second. */
const largestTarget = 5_000
/** Findings of one rule on one description. */
const maxHits = 10_000

type Then = Rule['then'][number]
type Path = readonly (string | number)[]

/** One rule while the walk lasts. */
interface Judge {
  readonly rule: Rule
  readonly reporting: ReportingRule
  /** As they were before we took the rule's place. */
  readonly thens: readonly Then[]
  readonly givens: readonly string[]
  readonly resolved: boolean
  readonly view: View
  readonly message: string | null
  readonly hits: Hit[]
  readonly seen: Set<string>
  failed: boolean
}

/** Rewrites the rules in place. They must belong to the ruleset as it applies to the document, after its overrides. */
export function answerFromWalk(rules: readonly Rule[], ruleset: Ruleset, session: Session): void {
  const { api, excerpt } = session.described
  const { root } = resolvedTree(api, excerpt?.local)
  const formats = new Set([...ruleset.formats].filter((format) => format(root, null)))
  const judges = rules.filter((rule) => rule.matchesFormat(formats)).map((rule) => judgeFor(rule, rule.getGivenForFormats(formats)))
  const walkOnce = once((context: unknown) => walkBoth(judges, { ...session, context }))
  for (const judge of judges) {
    const answer = (_target: unknown, _options: unknown, context: unknown) => {
      walkOnce(context)
      return judge.hits.map((hit) => session.office.issue({ rule: judge.reporting, hit, ownSeverity: null, proposed: false }))
    }
    judge.rule.then = { function: answer }
    judge.rule.given = ['$']
    judge.rule.message = '{{error}}'
    judge.rule.resolved = true
  }
}

function judgeFor(rule: Rule, givens: readonly string[]): Judge {
  return {
    rule,
    reporting: reportingRule(rule),
    thens: [...rule.then],
    givens,
    resolved: rule.resolved,
    view: viewOf(rule, givens),
    message: rule.message,
    hits: [],
    seen: new Set(),
    failed: false,
  }
}

function once(act: (context: unknown) => void): (context: unknown) => void {
  let done = false
  return (context) => {
    if (!done) act(context)
    done = true
  }
}

interface WalkSession extends Session {
  /** What Spectral hands to functions: the document and its inventory. */
  readonly context: unknown
}

/** Rules on the resolved document and rules on the document as written: a walk each, over all of it or over its excerpts. */
function walkBoth(judges: readonly Judge[], session: WalkSession): void {
  const { api, excerpt } = session.described
  const roots: Readonly<Record<View, JsonObject>> = {
    all: api.root,
    local: excerpt?.local ?? api.root,
    skeleton: excerpt?.skeleton ?? api.root,
  }
  for (const view of views) {
    const looking = judges.filter((judge) => judge.view === view)
    for (const resolved of [true, false]) {
      const asking = looking.filter((judge) => judge.resolved === resolved)
      if (asking.length === 0) continue
      const tree = resolvedTree(api, roots[view])
      const source: ResolvedTree = resolved
        ? tree
        : { root: roots[view], sizeOf: tree.sizeOf, locate: (path) => locateWritten(api.path, roots[view], path) }
      const queries = asking.flatMap((judge) => queriesOf(judge, { source, session }))
      if (queries.length > 0) sharedWalk(source.root, queries)
    }
  }
}

/** What a rule gets to see where there are excerpts: most rules judge one operation or component; some compare all operations. */
type View = 'local' | 'skeleton' | 'all'
const views: readonly View[] = ['local', 'skeleton', 'all']

/** Stock rules that compare operations with each other, or components with all references (each one's function was read). */
const comparing = new Set([
  'operation-operationId-unique',
  'path-params',
  'operation-tag-defined',
  'oas2-unused-definition',
  'oas3-unused-component',
  'owasp:api5:2023-admin-security-unique',
])

/** Own rules of teams that are given the whole document, or a whole section of it, may compare anything. */
function viewOf(rule: Rule, givens: readonly string[]): View {
  if (comparing.has(rule.name)) return 'skeleton'
  if (stockRules.has(rule.name)) return 'local'
  return givens.some((given) => /^\$(?:\.\w+){0,2}$/.test(given)) ? 'all' : 'local'
}

const stockRules = new Set([...Object.keys(oas.rules), ...namesIn(owasp)])

/** The set's own types do not say what its module looks like at run time. */
function namesIn(ruleset: unknown): readonly string[] {
  const rules = objectField(ruleset, 'rules')
  return rules === null ? [] : Object.keys(rules)
}

interface Where {
  readonly source: ResolvedTree
  readonly session: WalkSession
}

function queriesOf(judge: Judge, where: Where): readonly Query[] {
  return judge.givens.flatMap((given) => {
    const parsed = parseJsonPath(given)
    if ('refused' in parsed) {
      where.session.notes.push(`Rule \`${judge.rule.name}\` could not be run: ${parsed.refused}`)
      return []
    }
    return [{ steps: parsed.steps, onMatch: (match) => ask(judge, match, where) }]
  })
}

/** Lets the rule's functions judge one match. */
function ask(judge: Judge, match: Match, where: Where): void {
  for (const then of judge.thens) {
    for (const target of lintTargets(match.value, then.field)) {
      if (then.function.name === 'oasExample' && hasPlainExamples(target.value, then.functionOptions, versionOf(where))) continue
      if (isThorough(then) && where.source.sizeOf(target.value) > largestTarget) {
        fail(judge, where, 'what references write out there is too large')
        continue
      }
      try {
        const path = [...match.path, ...target.path]
        const context = isObject(where.session.context) ? { ...where.session.context, path, rule: judge.rule } : { path }
        const results: unknown = call(then, target.value, context)
        if (isList(results)) for (const result of results) record(judge, result, { ...where, path })
      } catch (error) {
        fail(judge, where, error instanceof Error ? error.message : 'unknown failure')
      }
    }
  }
}

/** Another dialect of JSON Schema may mean something else by the same words. */
function versionOf({ session }: Where): SpecVersion {
  const { root, version } = session.described.api
  return Object.hasOwn(root, 'jsonSchemaDialect') ? '2.0' : version
}

/** A JSON Schema of a ruleset looks further down than it is long only when it refers to itself, or compares items. */
function isThorough({ function: judge, functionOptions }: Then): boolean {
  return (
    thorough.has(judge.name) ||
    (judge.name === 'schema' && /"(?:\$ref|\$dynamicRef|\$recursiveRef|uniqueItems)":/.test(JSON.stringify(functionOptions) ?? ''))
  )
}

function call(then: Then, value: unknown, context: unknown): unknown {
  const run: unknown = then.function
  return typeof run === 'function' ? Reflect.apply(run, undefined, [value, then.functionOptions ?? null, context]) : undefined
}

function fail(judge: Judge, { session }: Where, reason: string): void {
  if (!judge.failed)
    session.notes.push(`Rule \`${judge.rule.name}\` could not be run everywhere on ${session.described.api.path}: ${reason.slice(0, 200)}.`)
  judge.failed = true
}

function record(judge: Judge, result: unknown, where: Where & { readonly path: Path }): void {
  if (!isObject(result) || typeof result['message'] !== 'string' || judge.hits.length >= maxHits) return
  const path = isList(result['path'])
    ? result['path'].map((key) => (typeof key === 'number' ? key : unescapedToken(String(key))))
    : where.path
  const at = where.source.locate(path)
  const message = messageOf(judge, result['message'], { path, value: at.value })
  const key = `${at.file}#${at.pointer} ${message}`
  if (judge.seen.has(key)) return
  judge.seen.add(key)
  judge.hits.push({
    at,
    message,
    uses: () => usesAround(at, where.session),
    identity: {
      by: 'place',
      name: `${semanticPlace(at)} ${message}`,
      content: { message, last: at.pointer.split('/').at(-1), value: at.value },
    },
  })
}

/** Validators of whole documents answer with pieces of JSON pointers; Spectral unescapes all paths alike. */
function unescapedToken(key: string): string {
  return key.includes('~') ? key.replaceAll('~1', '/').replaceAll('~0', '~') : key
}

function messageOf({ rule, message }: Judge, error: string, { path, value }: { readonly path: Path; readonly value: unknown }): string {
  const facts = { path, value, description: rule.description ?? '', error }
  const filled = filledTemplate(error, facts)
  return (message === null ? (rule.description ?? filled) : filledTemplate(message, { ...facts, error: filled })).trim()
}

/** The operation that the place stands in: the nearest one around it. */
function usesAround(at: Node, { described }: Session): readonly Use[] {
  const byPlace = operationsByPlace(described)
  for (let { pointer } = at; pointer !== ''; pointer = pointer.slice(0, pointer.lastIndexOf('/'))) {
    const around = byPlace.get(`${at.file}#${pointer}`)
    if (around !== undefined) return [wholeOperation(around)]
  }
  return []
}

const places = new WeakMap<Described, ReadonlyMap<string, Operation>>()

function operationsByPlace(described: Described): ReadonlyMap<string, Operation> {
  let known = places.get(described)
  if (known === undefined) {
    known = new Map(described.operations.map((operation) => [`${operation.node.file}#${operation.node.pointer}`, operation]))
    places.set(described, known)
  }
  return known
}

function locateWritten(file: string, root: unknown, path: Path): Node {
  let node: Node = { file, pointer: '', value: root }
  for (const key of path) {
    const value: unknown = isList(node.value)
      ? node.value[Number(key)]
      : isObject(node.value) && Object.hasOwn(node.value, String(key))
        ? node.value[String(key)]
        : undefined
    if (value === undefined) break
    node = { file, pointer: `${node.pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`, value }
  }
  return node
}

function reportingRule(rule: Rule): ReportingRule {
  const category = /^owasp:(api\d{1,2}):2023/i.exec(rule.name)?.[1]
  return {
    id: rule.name,
    why: rule.description ?? '',
    fix: rule.documentationUrl === null ? '' : `See ${rule.documentationUrl}.`,
    confidence: 'certain',
    category: category === undefined ? null : `${category.toUpperCase()}:2023`,
    cwe: null,
  }
}
