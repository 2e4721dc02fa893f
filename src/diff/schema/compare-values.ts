/** Facts about listed values: `enum`, `const`, unions of constants, and `x-extensible-enum`. */
import { isList } from '../../openapi/values.ts'
import type { Node } from '../../openapi/types.ts'
import { sameJson } from '../same-json.ts'
import { canonicalJson } from './canonical-json.ts'
import { listedIn } from './finite.ts'
import { groupBits, groups } from './json-types.ts'
import { keywordPlace, localFact } from './report.ts'
import type { Compared, ComparedSlices, LocalFact } from './report.ts'
import { listedValues, sliceOf } from './slice.ts'
import type { Slice } from './engine.ts'
import { keyword } from './term.ts'
import type { Conjunct } from './term.ts'
import { validate } from './validate.ts'

/** Whether the values of the group are listed on a side: nothing finer need be said. */
export function isListedGroup({ engine, baseSlice, headSlice }: ComparedSlices): boolean {
  return listedIn(engine, baseSlice) !== null || listedIn(engine, headSlice) !== null
}

/** Facts about lists, and the kinds of values whose coming or going they explain. */
export interface ListReport {
  readonly facts: readonly LocalFact[]
  readonly explained: number
}

/** Facts about the lists of both sides, for all groups of values together; not for kinds that `type` itself added or removed (`settled`). */
export function compareLists(compared: Compared, settled: number): ListReport {
  const facts: LocalFact[] = []
  let explained = 0
  let whole: LocalFact | null = null
  for (const slices of slicePairs(compared)) {
    const bits = groupBits[slices.baseSlice.group]
    const oneSided = (slices.baseSlice.mask === 0 || slices.headSlice.mask === 0) && (bits & settled) !== 0
    const [base, head] = [listedIn(compared.engine, slices.baseSlice), listedIn(compared.engine, slices.headSlice)]
    if (oneSided || (base === null && head === null)) continue
    if (base !== null && head !== null) {
      const found = compareValues(slices, base, head)
      if (found.length > 0) explained |= bits
      facts.push(...found)
    } else whole ??= wholeListFact(slices, base, head)
  }
  if (whole !== null) explained |= oneSidedBits(compared)
  const open = [...compared.baseConjuncts, ...compared.headConjuncts].some(isDeclaredOpen)
  const all = whole === null ? facts : [whole, ...facts]
  return { facts: [...all.map((fact) => ({ ...fact, openEnum: open })), ...compareExtensibleLists(compared)], explained }
}

function slicePairs(compared: Compared): readonly ComparedSlices[] {
  const { engine, base, head } = compared
  return groups.map((group) => ({ ...compared, baseSlice: sliceOf(engine, base, group), headSlice: sliceOf(engine, head, group) }))
}

/** Kinds that one side lists and the other does not. */
function oneSidedBits(compared: Compared): number {
  return slicePairs(compared)
    .filter(({ engine, baseSlice, headSlice }) => (listedIn(engine, baseSlice) === null) !== (listedIn(engine, headSlice) === null))
    .reduce((bits, { baseSlice }) => bits | groupBits[baseSlice.group], 0)
}

function isDeclaredOpen(conjunct: Conjunct): boolean {
  return keyword(conjunct, 'x-extensible-enum') === true
}

type List = readonly unknown[] | null

/** A list that came or went as a whole; null where it only repeats what holds anyway. */
function wholeListFact(slices: ComparedSlices, base: List, head: List): LocalFact | null {
  const { baseSlice, headSlice } = slices
  const values = base ?? head ?? []
  const repeats = baseSlice.group === 'null' || (baseSlice.group === 'boolean' && values.length === 2)
  if (repeats || baseSlice.mask === 0 || headSlice.mask === 0 || values.length === 0) return null
  const other = base === null ? slices.base : slices.head
  const within = values.every((value) => validate(slices.engine, other, value) === true)
  const places = { base: base && listPlace(baseSlice), head: head && listPlace(headSlice) }
  const aspect = [places.head, places.base].some((place) => place?.pointer.endsWith('/const')) ? 'const' : 'enum'
  const effect = !within ? 'incomparable' : base === null ? 'narrows' : 'widens'
  return localFact({ aspect, effect, subject: values.map(words).join(', '), ...places, ...sides(base, head) })
}

function sides(base: unknown, head: unknown): Pick<LocalFact, 'baseValue' | 'headValue'> {
  return { ...(base === null ? {} : { baseValue: base }), ...(head === null ? {} : { headValue: head }) }
}

function compareValues({ baseSlice, headSlice }: ComparedSlices, base: readonly unknown[], head: readonly unknown[]): readonly LocalFact[] {
  if (baseSlice.mask === 0 || headSlice.mask === 0) {
    if (base.length + head.length === 0) return []
  }
  const removed = missingFrom(base, head)
  const added = missingFrom(head, base)
  const [only, other] = [onlyConst(baseSlice), onlyConst(headSlice)]
  if (only !== null && other !== null && removed.length === 1 && added.length === 1) {
    const places = { base: keywordPlace(only, 'const'), head: keywordPlace(other, 'const') }
    return [
      localFact({
        aspect: 'const',
        effect: 'incomparable',
        subject: words(added[0]),
        ...places,
        baseValue: removed[0],
        headValue: added[0],
      }),
    ]
  }
  return [
    ...removed.map((value) => localFact({ ...valueFact(value, 'narrows'), base: valuePlace(baseSlice, value), baseValue: value })),
    ...added.map((value) => localFact({ ...valueFact(value, 'widens'), head: valuePlace(headSlice, value), headValue: value })),
  ]
}

function valueFact(value: unknown, effect: 'narrows' | 'widens'): Pick<LocalFact, 'aspect' | 'effect' | 'subject'> {
  const listed = effect === 'widens' ? 'enum-value-added' : 'enum-value-removed'
  return { aspect: value === null ? 'nullable' : listed, effect, subject: words(value) }
}

function missingFrom(values: readonly unknown[], others: readonly unknown[]): readonly unknown[] {
  const texts = new Set(others.map(canonicalJson))
  return values.filter((value) => !texts.has(canonicalJson(value)))
}

function onlyConst(slice: Slice): Conjunct | null {
  const lists = slice.conjuncts.filter((conjunct) => listedValues(conjunct) !== null)
  const [first] = lists
  return lists.length === 1 && first !== undefined && keyword(first, 'const') !== undefined ? first : null
}

/** A value as text: strings bare, others as JSON. */
export function words(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

function listPlace(slice: Slice): Node | null {
  for (const conjunct of slice.conjuncts) {
    for (const name of ['const', 'enum']) if (keyword(conjunct, name) !== undefined) return keywordPlace(conjunct, name)
  }
  const [union] = slice.unions
  return union === undefined ? null : keywordPlace(union.conjunct, union.keyword)
}

function valuePlace(slice: Slice, value: unknown): Node | null {
  for (const conjunct of slice.conjuncts) {
    const list = keyword(conjunct, 'enum')
    const at = isList(list) ? list.findIndex((each) => sameJson(each, value)) : -1
    if (at >= 0) return keywordPlace(conjunct, 'enum', at)
  }
  for (const { conjunct, keyword: name, members } of slice.unions) {
    const member = members.find(({ term }) =>
      term.conjuncts.some((each) => listedValues(each)?.some((one) => sameJson(one, value)) === true),
    )
    if (member !== undefined) return keywordPlace(conjunct, name, member.index)
  }
  return listPlace(slice)
}

/** `x-extensible-enum: [values]` (Zalando) names known values of a list that may grow. It refuses nothing. */
function compareExtensibleLists({ baseConjuncts, headConjuncts }: Compared): readonly LocalFact[] {
  const [old, now] = [extensibleList(baseConjuncts), extensibleList(headConjuncts)]
  if (old === null || now === null) return []
  const fact = (value: unknown, effect: 'narrows' | 'widens'): LocalFact => localFact({ ...valueFact(value, effect), openEnum: true })
  const place = ({ conjunct, list }: Extensible, value: unknown): Node | null =>
    keywordPlace(conjunct, 'x-extensible-enum', list.indexOf(value))
  return [
    ...missingFrom(old.list, now.list).map((value) => ({ ...fact(value, 'narrows'), base: place(old, value), baseValue: value })),
    ...missingFrom(now.list, old.list).map((value) => ({ ...fact(value, 'widens'), head: place(now, value), headValue: value })),
  ]
}

interface Extensible {
  readonly conjunct: Conjunct
  readonly list: readonly unknown[]
}

function extensibleList(conjuncts: readonly Conjunct[]): Extensible | null {
  for (const conjunct of conjuncts) {
    const list = keyword(conjunct, 'x-extensible-enum')
    if (isList(list)) return { conjunct, list }
  }
  return null
}
