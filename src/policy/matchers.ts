/** Turns written matchers into predicates. A matcher holds for a finding when all its facts hold for one and the same affected operation. */
import type { ApiFinding } from '../model/api-facts.ts'
import { compileGlobs, compileGlobsForNames } from './globs.ts'
import type { Element, Reading, Subject } from './subjects.ts'
import type { FindingTest, Plain, ReadingTest, SharedTests, Tests } from './shared-tests.ts'
import type { Matcher, Where } from './written-conditions.ts'
import { severityRank, type ClassCondition } from './words.ts'

export interface MatcherContext {
  /** The owners of a finding as written in a policy, in lower case. */
  readonly ownersOf: (subject: Subject) => readonly string[]
  /** For many conditions on the same subjects: each question is asked once about each of them. */
  readonly shared?: SharedTests
}

/** A predicate for matchers that must all hold (a rule's own keys and one of its `any`). Without `new`, only what the pull request introduces. */
export function compileMatchers(matchers: readonly Matcher[], context: MatcherContext): (subject: Subject) => boolean {
  const positive = merge(matchers.map((matcher) => compilePlain(matcher, context)))
  const negative = matchers.flatMap(({ not }) => (not === undefined ? [] : [compilePlain(not, context)]))
  const isAsked = matchers.some((matcher) => matcher.new !== undefined)
  const isAboutReadings = positive.ofReading.length > 0 || negative.length > 0
  return (subject) => {
    if (!isAsked && !subject.finding.new) return false
    if (!holdsForFinding(positive, subject)) return false
    return !isAboutReadings || someReading(subject, positive, negative)
  }
}

/** What must hold of the finding itself before any of the matchers can: asked once instead of once for each of them. */
export function compileNecessary(matcher: Matcher, context: MatcherContext): (subject: Subject) => boolean {
  const { not: _not, ...plain } = matcher
  const tests = compilePlain(plain, context)
  return (subject) => holdsForFinding(tests, subject)
}

/** Loops instead of `every`: a decision asks these questions hundreds of thousands of times. */
function holdsForFinding({ ofFinding }: Tests, subject: Subject): boolean {
  for (const test of ofFinding) if (!test(subject)) return false
  return true
}

function holdsForReading({ ofReading }: Tests, reading: Reading): boolean {
  for (const test of ofReading) if (!test(reading)) return false
  return true
}

/** Some affected operation for which everything positive holds and nothing negative does. */
function someReading(subject: Subject, positive: Tests, negative: readonly Tests[]): boolean {
  const refused = negative.filter((tests) => holdsForFinding(tests, subject))
  for (const { readings } of subject.elements) {
    for (const reading of readings) {
      if (holdsForReading(positive, reading) && !refused.some((tests) => holdsForReading(tests, reading))) return true
    }
  }
  return false
}

/** A predicate for `where` of an owner rule, for one element of a subject. */
export function compileWhere(where: Where): (subject: Subject, element: Element) => boolean {
  const tests = compilePlain({ where }, { ownersOf: () => [] })
  return (subject, element) => {
    const reading = { index: 0, element, stability: 'stable', visibility: 'public' } as const
    return holdsForFinding(tests, subject) && holdsForReading(tests, reading)
  }
}

function merge(all: readonly Tests[]): Tests {
  return { ofFinding: all.flatMap(({ ofFinding }) => ofFinding), ofReading: all.flatMap(({ ofReading }) => ofReading) }
}

/** Each fact by itself, so that the same question of two conditions is the same test. */
function compilePlain(matcher: Plain, context: MatcherContext): Tests {
  const { where, ...own } = matcher
  const facts: readonly Plain[] = [...factsOf(own), ...(where === undefined ? [] : factsOf(where))]
  return merge(facts.map((fact) => context.shared?.testsOf(fact, (one) => compileFact(one, context)) ?? compileFact(fact, context)))
}

function compileFact(fact: Plain, context: MatcherContext): Tests {
  return { ofFinding: [...factTests(fact), ...placeTests(fact, context)], ofReading: [...readingTests(fact), ...elementTests(fact)] }
}

/** One matcher for each key that is set. */
function factsOf(matcher: Plain): Plain[] {
  return Object.entries(matcher).flatMap(([key, value]) => (value === undefined ? [] : [{ [key]: value }]))
}

/** Cheap ones first: most findings fail the first test. */
function factTests(matcher: Plain): FindingTest[] {
  const tests: FindingTest[] = []
  const { class: classes, security, rule, severity, at_least: least, sensitivity, direction } = matcher
  if (matcher.new !== undefined) tests.push(({ finding }) => finding.new === matcher.new)
  if (classes !== undefined) tests.push(classTest(classes))
  if (security !== undefined) tests.push(({ finding }) => finding.security !== null && security.includes(finding.security))
  if (severity !== undefined) tests.push(({ finding }) => severity.includes(finding.severity))
  if (least !== undefined) tests.push(({ finding }) => severityRank[finding.severity] >= severityRank[least])
  if (sensitivity !== undefined) tests.push(({ finding }) => finding.sensitivity.some((kind) => sensitivity.includes(kind)))
  if (direction !== undefined) tests.push(({ finding }) => direction.some((one) => isInDirection(finding, one)))
  if (rule !== undefined) tests.push(ruleTest(rule))
  return tests
}

const topics: Readonly<Record<string, (finding: ApiFinding) => boolean>> = {
  security: ({ security, category }) => security === 'weakening' || security === 'exposure' || category !== null,
  deprecation: ({ rule }) => /deprecat|sunset/.test(rule),
  governance: ({ rule }) =>
    /^(?:meta|governance)[-/]|api-version-too-low|-sunset-(?:missing|too-soon|invalid|removed)$|-stability-(?:lowered|invalid)$/.test(rule),
  lint: ({ kind }) => kind === 'lint',
  drift: ({ rule }) => /^drift[-/]/.test(rule),
}

function classTest(words: readonly ClassCondition[]): FindingTest {
  const plain = new Set<string>(words)
  const subjects = words.flatMap((word) => topics[word] ?? [])
  if (subjects.length === 0) return ({ finding }) => finding.class !== null && plain.has(finding.class)
  return ({ finding }) => (finding.class !== null && plain.has(finding.class)) || subjects.some((holds) => holds(finding))
}

function isInDirection({ direction }: ApiFinding, wanted: 'request' | 'response' | 'both'): boolean {
  return direction === wanted || (direction === 'both' && wanted !== 'both')
}

/** Ids may be written with the name of their producer: `diff/operation-removed`, `lint/*`. Remembered by id: rules repeat. */
function ruleTest(patterns: readonly string[]): FindingTest {
  const matches = compileGlobsForNames(patterns)
  const change = remember((rule) => matches([rule, `diff/${rule}`]))
  const lint = remember((rule) => matches([rule, `lint/${rule}`]))
  return ({ finding }) => (finding.kind === 'lint' ? lint(finding.rule) : change(finding.rule))
}

type Place = Pick<Where, 'api' | 'files' | 'file' | 'path' | 'operation' | 'tag' | 'component' | 'owner'>

function placeTests({ api, files, file, component, owner }: Place, context: MatcherContext): FindingTest[] {
  const tests: FindingTest[] = []
  if (api !== undefined) tests.push(apiTest(api))
  if (files !== undefined) tests.push(fileTest(files))
  if (file !== undefined) tests.push(fileTest(file))
  if (component !== undefined) tests.push(componentTest(component))
  if (owner !== undefined) {
    const wanted = owner.map((name) => name.toLowerCase())
    tests.push((subject) => context.ownersOf(subject).some((name) => wanted.includes(name)))
  }
  return tests
}

/** `partner-hooks/acme` is also `partner-hooks`. */
function apiTest(patterns: readonly string[]): FindingTest {
  const matches = compileGlobsForNames(patterns)
  const known = remember((id) => matches(id.includes('/') ? [id, id.slice(0, id.indexOf('/'))] : [id]))
  return ({ finding }) => known(finding.api)
}

function fileTest(patterns: readonly string[]): FindingTest {
  const known = remember(compileGlobs(patterns))
  return ({ finding }) => known(finding.place.file)
}

/** `schemas/Card` is also `Card`. */
function componentTest(patterns: readonly string[]): FindingTest {
  const matches = compileGlobsForNames(patterns)
  const known = remember((name) => matches([name, name.slice(name.lastIndexOf('/') + 1)]))
  return ({ finding }) => finding.component !== null && known(finding.component)
}

/** The same texts are asked about again and again. */
function remember(predicate: (text: string) => boolean): (text: string) => boolean {
  const known = new Map<string, boolean>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found
    const answer = predicate(text)
    known.set(text, answer)
    return answer
  }
}

function readingTests({ stability, visibility }: Plain): ReadingTest[] {
  const tests: ReadingTest[] = []
  if (stability !== undefined) tests.push((reading) => stability.includes(reading.stability))
  if (visibility !== undefined) tests.push((reading) => visibility.includes(reading.visibility))
  return tests
}

function elementTests({ path, operation, tag }: Place): ReadingTest[] {
  const tests: ((element: Element) => boolean)[] = []
  if (path !== undefined) {
    const matches = remember(compileGlobs(path))
    tests.push((element) => element.operation !== null && matches(element.operation.path))
  }
  if (operation !== undefined) {
    const compiled = operation.map(operationTest)
    tests.push((element) => compiled.some((test) => test(element)))
  }
  if (tag !== undefined) {
    const matches = remember(compileGlobs(tag))
    tests.push((element) => element.tags.some(matches))
  }
  return tests.map(
    (test) =>
      ({ element }) =>
        test(element),
  )
}

function operationTest(written: string): (element: Element) => boolean {
  const space = written.indexOf(' ')
  const method = written.slice(0, space).toUpperCase()
  const matches = remember(compileGlobs([written.slice(space + 1)]))
  return ({ operation }) => operation !== null && (method === '*' || method === operation.method.toUpperCase()) && matches(operation.path)
}
