/**
 * Who owns what a finding is about. First hit wins: the policy's owner rules (last match), `x-owner`, the Backstage catalog, CODEOWNERS,
 * the API's owners, the default, the administrators. Each group must agree (one of its members is enough); `also` adds groups.
 * Owners are those of base; what a pull request says of new elements can only add a group.
 */
import type { DecisionInput, ElementFacts } from '../model/api-facts.ts'
import { readCatalog, type CatalogApi } from './backstage.ts'
import { readCodeowners, type Codeowners } from './codeowners.ts'
import type { EffectivePolicy } from './effective-policy.ts'
import { compileWhere } from './matchers.ts'
import { principalKey, readPrincipal, readWrittenOwner, type Principal } from './principals.ts'
import type { Element, Subject } from './subjects.ts'

export interface OwnerGroup {
  /** The same people, the same key. */
  readonly key: string
  readonly principals: readonly Principal[]
  /** Where that is written, for people. */
  readonly source: string
  /** True when nobody is named anywhere and the administrators stand in. */
  readonly isUnowned: boolean
}

export interface Ownership {
  /** Never empty. */
  readonly groupsOf: (subject: Subject) => readonly OwnerGroup[]
  /** For a rule that is about no finding. */
  readonly fallback: OwnerGroup
  /** Sentences about owner files that cannot be read. */
  readonly problems: readonly string[]
}

interface Sources {
  readonly policy: EffectivePolicy
  readonly organisation: string
  readonly rules: readonly {
    readonly holds: (subject: Subject, element: Element) => boolean
    readonly owners: readonly string[]
    readonly also: readonly string[]
  }[]
  readonly catalog: readonly CatalogApi[]
  readonly codeowners: Codeowners | null
  readonly codeownersPath: string
}

/** The owners for one decision. */
export function createOwnership(input: Pick<DecisionInput, 'policy' | 'repository'>, policy: EffectivePolicy): Ownership {
  const { catalog, codeowners } = input.policy
  const entities = catalog === null ? [] : readCatalog(catalog.text, catalog.path)
  const sources: Sources = {
    policy,
    organisation: input.repository.owner,
    rules: policy.owners.rules.map(({ where, owners, also }) => ({ holds: compileWhere(where), owners: owners ?? [], also: also ?? [] })),
    catalog: entities ?? [],
    codeowners: codeowners === null ? null : readCodeowners(codeowners.text),
    codeownersPath: codeowners?.path ?? 'CODEOWNERS',
  }
  const known = new Map<Element, Map<string, readonly OwnerGroup[]>>()
  const ofSubject = new Map<Subject, readonly OwnerGroup[]>()
  const ofElement = (subject: Subject, element: Element): readonly OwnerGroup[] => {
    const byContext = known.get(element) ?? new Map<string, readonly OwnerGroup[]>()
    known.set(element, byContext)
    const key = `${subject.finding.place.file}\n${subject.finding.component ?? ''}`
    const found = byContext.get(key) ?? resolve({ subject, element }, sources)
    byContext.set(key, found)
    return found
  }
  return {
    groupsOf: (subject) => {
      const found = ofSubject.get(subject)
      if (found !== undefined) return found
      const groups = distinctGroups(subject.owned.flatMap((element) => ofElement(subject, element)))
      ofSubject.set(subject, groups)
      return groups
    },
    fallback: defaultGroup(policy),
    problems: entities === null ? [`The catalog \`${catalog?.path ?? ''}\` cannot be read, so the owners in it are unknown.`] : [],
  }
}

/** Owners as a policy would write them, in lower case: for `owner` in conditions. */
export function ownerNames(groups: readonly OwnerGroup[]): string[] {
  return groups.flatMap(({ principals }) => principals.map(principalKey))
}

/** The same people asked for two elements are asked once. */
export function distinctGroups(groups: readonly OwnerGroup[]): readonly OwnerGroup[] {
  return groups.length < 2 ? groups : [...new Map(groups.map((group) => [group.key, group])).values()]
}

/** A group of people who may speak for each other. */
function groupOf(principals: readonly Principal[], source: string, isUnowned = false): OwnerGroup {
  return { key: principals.map(principalKey).sort().join(' '), principals, source, isUnowned }
}

function named(names: readonly string[], source: string): OwnerGroup {
  return groupOf(names.map(readPrincipal), source)
}

interface Target {
  readonly subject: Subject
  readonly element: Element
}

function resolve(target: Target, sources: Sources): readonly OwnerGroup[] {
  const matching = sources.rules.filter(({ holds }) => holds(target.subject, target.element))
  const also = matching.flatMap((rule) => (rule.also.length > 0 ? [named(rule.also, 'owners.rules (also)')] : []))
  const last = matching.findLast(({ owners }) => owners.length > 0)
  if (last !== undefined) return distinctGroups([named(last.owners, 'owners.rules'), ...also])
  return distinctGroups([...lookUp(target, sources), ...also])
}

/** What head says of itself never replaces what base says. */
function lookUp(target: Target, sources: Sources): OwnerGroup[] {
  const written = sources.policy.owners.use.includes('x-owner') ? writtenOwners(target, sources) : null
  if (written === null) return [elsewhere(target, sources)]
  return written.isOnBase && isFirst('x-owner', target, sources) ? [written.group] : [written.group, elsewhere(target, sources)]
}

/** True when no source that the policy lists before this one knows an owner. */
function isFirst(source: 'x-owner', target: Target, sources: Sources): boolean {
  const before = sources.policy.owners.use.slice(0, sources.policy.owners.use.indexOf(source))
  return !before.some((one) => lookUpIn(one, target, sources) !== null)
}

interface WrittenOwners {
  readonly group: OwnerGroup
  readonly isOnBase: boolean
}

/** `x-owner` of the operation, its tags, its component, its API, in that order. */
function writtenOwners(target: Target, sources: Sources): WrittenOwners | null {
  const level = ownerLevels(target).find(({ owners }) => owners.length > 0)
  if (level === undefined) return null
  const principals = level.owners.map((text) => readWrittenOwner(text, sources.organisation))
  return { group: groupOf(principals, 'x-owner'), isOnBase: level.isOnBase }
}

interface OwnerLevel {
  readonly owners: readonly string[]
  readonly isOnBase: boolean
}

/** Tags and the document of an API that base has are those of base, but a new element chooses its tags itself. */
function ownerLevels({ subject: { api, finding }, element }: Target): OwnerLevel[] {
  if (api === null) return []
  const isApiOnBase = api.sides !== 'head'
  const own = levelOf(element.facts)
  const ofTags = element.tags.flatMap((tag) => ownValue(api.tagOwners, tag) ?? [])
  const component = finding.component === null ? null : ownValue(api.components, finding.component)
  return [
    own,
    { owners: ofTags, isOnBase: isApiOnBase && own.isOnBase },
    levelOf(component ?? null),
    { owners: api.owners, isOnBase: isApiOnBase },
  ]
}

function levelOf(facts: ElementFacts | null): OwnerLevel {
  return facts === null ? { owners: [], isOnBase: true } : { owners: facts.owners, isOnBase: facts.onBase }
}

/** Names come from people: only own properties count. */
function ownValue<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

function elsewhere(target: Target, sources: Sources): OwnerGroup {
  for (const source of sources.policy.owners.use) {
    const group = source === 'x-owner' ? null : lookUpIn(source, target, sources)
    if (group !== null) return group
  }
  const ofApi = target.subject.entry?.owners
  return ofApi === undefined ? defaultGroup(sources.policy) : named(ofApi, 'apis')
}

function lookUpIn(source: 'x-owner' | 'backstage' | 'codeowners', target: Target, sources: Sources): OwnerGroup | null {
  if (source === 'x-owner') return writtenOwners(target, sources)?.group ?? null
  return source === 'backstage' ? fromCatalog(target, sources) : fromCodeowners(target, sources)
}

function fromCatalog({ subject }: Target, sources: Sources): OwnerGroup | null {
  const owners = sources.catalog
    .filter(({ definition, name }) => definition === subject.api?.path || isNamed(name, subject.entry?.backstage))
    .map(({ owner }) => readWrittenOwner(owner, sources.organisation))
  return owners.length === 0 ? null : groupOf(owners, 'the Backstage catalog')
}

/** `payments`, `default/payments` and `api:default/payments` name the same entity. */
function isNamed(name: string, reference: string | undefined): boolean {
  return reference !== undefined && reference.slice(Math.max(reference.lastIndexOf('/'), reference.lastIndexOf(':')) + 1) === name
}

/** The file that holds the element: the finding's own, or for another operation that it reaches, that operation's. */
function fromCodeowners({ subject, element }: Target, sources: Sources): OwnerGroup | null {
  const { finding } = subject
  const isItsOwn = element.operation === null || (finding.operation !== null && sameOperation(finding.operation, element.operation))
  const file = isItsOwn ? finding.place.file : (element.facts?.file ?? finding.place.file)
  const match = sources.codeowners?.ownersOf(file)
  if (match === undefined || match.owners.length === 0) return null
  return named(match.owners, `${sources.codeownersPath}:${match.line ?? 0}`)
}

function sameOperation(
  a: { readonly method: string; readonly path: string },
  b: { readonly method: string; readonly path: string },
): boolean {
  return a.method === b.method && a.path === b.path
}

function defaultGroup(policy: EffectivePolicy): OwnerGroup {
  const names = policy.owners.default
  return names.length > 0 ? named(names, 'owners.default') : groupOf([readPrincipal('role:admin')], 'nobody else is named', true)
}
