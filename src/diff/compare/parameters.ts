/** The parameters of an operation, paired by place and name; path parameters by position, so that a new name is only a new name. */
import { childNode } from '../../openapi/nodes.ts'
import type { Node, Parameter } from '../../openapi/types.ts'
import type { OperationScope } from '../comparison.ts'
import { removalGuards } from '../lifecycle.ts'
import type { Fact } from '../fact.ts'
import { erased } from '../server-url.ts'
import { code, listed, shown } from '../words.ts'
import { sensitivityOf } from '../../sensitive/sensitivity.ts'
import { parameterPairFacts } from './parameter.ts'
import { parameterName, parameterPlace, pathPositions } from './parameter-words.ts'
import type { ParameterPair } from './parameter-words.ts'
import { inOperation } from './scope.ts'

/** All differences between the parameters of the two versions. */
export function* parameterFacts(scope: OperationScope): Generator<Fact> {
  const { pairs, removed, added } = matched(scope)
  for (const pair of pairs) {
    if (pair.base.in === 'path' && pair.base.name !== pair.head.name) yield renamed(scope, pair)
    if (pair.base.in !== pair.head.in) yield moved(scope, pair)
    else yield* parameterPairFacts(scope, pair)
  }
  if (scope.settings.sdk) yield* orderFacts(scope, pairs)
  for (const parameter of removed) yield removedFact(scope, parameter)
  for (const parameter of added) yield addedFact(scope, parameter)
}

/** In clients that are generated from the description, parameters are arguments by position. Only those that both versions have count. */
function* orderFacts(scope: OperationScope, pairs: readonly ParameterPair[]): Generator<Fact> {
  const { base, head } = scope.pair
  const [byBase, byHead] = [new Map(pairs.map((pair) => [pair.base, pair])), new Map(pairs.map((pair) => [pair.head, pair]))]
  const before = base.parameters.flatMap((parameter) => byBase.get(parameter) ?? [])
  const after = head.parameters.flatMap((parameter) => byHead.get(parameter) ?? [])
  const first = before.findIndex((pair, index) => pair !== after[index])
  if (first < 0) return
  const names = (list: readonly ParameterPair[]): string => listed(list.slice(first).map((pair) => pair.head.name))
  yield inOperation(scope, {
    rule: 'request-parameters-reordered',
    place: ['parameters'],
    words: { where: scope.called, from: names(before), to: names(after) },
    base: childNode(base.node, 'parameters') ?? base.node,
    head: childNode(head.node, 'parameters') ?? head.node,
    content: [before, after].map((list) => list.map((pair) => pair.head.name)),
  })
}

interface Matched {
  readonly pairs: readonly ParameterPair[]
  readonly removed: readonly Parameter[]
  readonly added: readonly Parameter[]
}

/** Where the URL is the same, path parameters are told by position; where it is not, by name, and those that came or went are part of the move. */
function matched({ pair }: OperationScope): Matched {
  const isMoved = erased(pair.base.path) !== erased(pair.head.path)
  const positions = isMoved
    ? { base: noPositions, head: noPositions }
    : { base: pathPositions(pair.base.path), head: pathPositions(pair.head.path) }
  const unmatched = new Map(named(pair.head.parameters).map((parameter) => [identity(parameter, positions.head), parameter]))
  const pairs: ParameterPair[] = []
  const left: Parameter[] = []
  for (const base of named(pair.base.parameters)) {
    const key = identity(base, positions.base)
    const head = unmatched.get(key)
    if (head === undefined) left.push(base)
    else pairs.push({ base, head })
    unmatched.delete(key)
  }
  const right = [...unmatched.values()]
  const renamed = samePlaces(left, right)
  const isLeft = (parameter: Parameter): boolean =>
    !renamed.some(({ base, head }) => base === parameter || head === parameter) && !(isMoved && parameter.in === 'path')
  const { moves, removed, added } = movedPairs(left.filter(isLeft), right.filter(isLeft))
  return { pairs: [...pairs, ...renamed, ...moves], removed, added }
}

/** What has no name or no place is no parameter; the reader complains about it. */
function named(parameters: readonly Parameter[]): readonly Parameter[] {
  return parameters.filter((parameter) => parameter.name !== '' && parameter.in !== '')
}

const noPositions: ReadonlyMap<string, number> = new Map()

/** Path parameters that the template does not name, or names otherwise: where as many are left on each side, they are the same. */
function samePlaces(left: readonly Parameter[], right: readonly Parameter[]): readonly ParameterPair[] {
  const [bases, heads] = [left, right].map((parameters) => parameters.filter((parameter) => parameter.in === 'path'))
  if (bases === undefined || heads === undefined || bases.length !== heads.length) return []
  return bases.flatMap((base, index) => {
    const head = heads[index]
    return head === undefined ? [] : [{ base, head }]
  })
}

/** A parameter that left one place and appeared in another under the same name has moved. In one place `q` and `Q` are two parameters. */
function movedPairs(
  removed: readonly Parameter[],
  added: readonly Parameter[],
): { moves: ParameterPair[]; removed: Parameter[]; added: Parameter[] } {
  const moves = removed.flatMap((base) => {
    const heads = added.filter((head) => head.name.toLowerCase() === base.name.toLowerCase())
    const bases = removed.filter((other) => other.name.toLowerCase() === base.name.toLowerCase())
    const [head] = heads
    const isElsewhere = head !== undefined && head.in !== base.in && base.in !== 'path' && head.in !== 'path'
    return isElsewhere && heads.length === 1 && bases.length === 1 ? [{ base, head }] : []
  })
  return {
    moves,
    removed: removed.filter((parameter) => !moves.some(({ base }) => base === parameter)),
    added: added.filter((parameter) => !moves.some(({ head }) => head === parameter)),
  }
}

/** Path parameters by their position in the template; one that the template does not name keeps its name. */
function identity(parameter: Parameter, positions: ReadonlyMap<string, number>): string {
  if (parameter.in === 'path') return `path ${String(positions.get(parameter.name) ?? parameter.name)}`
  return `${parameter.in} ${parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name}`
}

function renamed(scope: OperationScope, { base, head }: ParameterPair): Fact {
  const words = { where: scope.called, from: code(base.name), to: code(head.name) }
  // Clients that are generated from the description have arguments of that name.
  const meaning = scope.settings.sdk ? { effect: 'behaves' as const } : {}
  const at = { place: parameterPlace(scope, head), words, base: base.node, head: head.node }
  return inOperation(scope, { rule: 'path-parameter-renamed', ...at, ...meaning })
}

function moved(scope: OperationScope, { base, head }: ParameterPair): Fact {
  const isSecret = ['credential', 'token'].includes(sensitivityOf(base.name, base.schema?.value) ?? '')
  return inOperation(scope, {
    rule: 'request-parameter-moved',
    place: parameterPlace(scope, base),
    words: { where: parameterName(scope, base), to: head.in },
    guards: base.required || head.required ? ['required'] : [],
    security: head.in === 'query' && isSecret ? 'weakening' : null,
    base: base.node,
    head: head.node,
  })
}

function removedFact(scope: OperationScope, parameter: Parameter): Fact {
  return inOperation(scope, {
    rule: 'request-parameter-removed',
    place: parameterPlace({ ...scope, pair: { base: scope.pair.base, head: scope.pair.base } }, parameter),
    words: { where: parameterName(scope, parameter) },
    guards: [...removalGuards(parameter.node.value, scope.settings.today), ...(parameter.in === 'path' ? (['closed'] as const) : [])],
    base: parameter.node,
    near: listIn(scope),
  })
}

/** The list in head in which a parameter is gone. */
function listIn({ pair: { head } }: OperationScope): Node {
  return childNode(head.node, 'parameters') ?? childNode(head.pathItem, 'parameters') ?? head.node
}

function addedFact(scope: OperationScope, parameter: Parameter): Fact {
  const rule = parameter.required ? 'request-required-parameter-added' : 'request-parameter-added'
  const words = { where: parameterName(scope, parameter), reason: shown(parameter.in) }
  return inOperation(scope, { rule, place: parameterPlace(scope, parameter), words, head: parameter.node })
}
