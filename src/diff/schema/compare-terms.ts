/** Compares two terms: all facts about the values themselves, and the steps into their parts. */
import { compareConditions } from './compare-conditions.ts'
import { compareDiscriminators } from './compare-discriminators.ts'
import { compareItems } from './compare-lists.ts'
import { compareObjects } from './compare-objects.ts'
import { compareAnnotatedFormats, compareNumbers, compareTexts } from './compare-scalars.ts'
import { commonGroups, compareKinds, realTypes } from './compare-types.ts'
import { compareUnions } from './compare-unions.ts'
import { isListedGroup } from './compare-values.ts'
import { compareWords } from './compare-words.ts'
import type { Engine } from './engine.ts'
import { finiteValues } from './finite.ts'
import { groups } from './json-types.ts'
import { isOpaque } from './prove-conjunct.ts'
import { proverOf } from './prover.ts'
import { joined, keywordPlace, localFact, nothing, reportOf } from './report.ts'
import type { Compared, ComparedSlices, LocalFact, Report } from './report.ts'
import { sliceOf } from './slice.ts'
import { keyword, referenceOf } from './term.ts'
import type { Conjunct, Term } from './term.ts'

const reports = new WeakMap<Engine, Map<string, Report>>()

/** The report on a pair of terms; remembered. */
export function compareTerms(engine: Engine, base: Term, head: Term): Report {
  let known = reports.get(engine)
  if (known === undefined) reports.set(engine, (known = new Map<string, Report>()))
  const key = `${String(base.id)} ${String(head.id)}`
  let report = known.get(key)
  if (report === undefined)
    known.set(key, (report = buildReport({ engine, prover: proverOf(engine), base, head, ...opened(engine, base, head) })))
  return report
}

function opened(engine: Engine, base: Term, head: Term): Pick<Compared, 'baseConjuncts' | 'headConjuncts'> {
  const all = (term: Term): readonly Conjunct[] => [
    ...new Set([...term.conjuncts, ...groups.flatMap((group) => sliceOf(engine, term, group).conjuncts)]),
  ]
  return { baseConjuncts: all(base), headConjuncts: all(head) }
}

function buildReport(compared: Compared): Report {
  const { engine, base, head } = compared
  const words = reportOf(...compareWords(compared))
  const [noneBefore, noneNow] = [realTypes(engine, base) === 0, realTypes(engine, head) === 0]
  if (noneBefore || noneNow) return noneBefore && noneNow ? words : joined([words, reportOf(emptied(compared, noneNow))])
  const parts = commonGroups(compared).map((group) =>
    compareGroup({ ...compared, baseSlice: sliceOf(engine, base, group), headSlice: sliceOf(engine, head, group) }),
  )
  return joined([
    compareKinds(compared),
    ...parts,
    compareConditions(compared),
    reportOf(...compareDiscriminators(compared), ...compareOpaque(compared)),
    words,
  ])
}

/** Every value was lost, or the first one gained. */
function emptied({ base, head }: Compared, noneNow: boolean): LocalFact {
  const places = { base: keywordPlace(base.conjuncts[0]), head: keywordPlace(head.conjuncts[0]) }
  return localFact({ aspect: 'schema', effect: noneNow ? 'narrows' : 'widens', subject: noneNow ? 'no value' : 'any value', ...places })
}

/** Null and booleans need no list to be told completely. */
function sameFiniteValues({ engine, baseSlice, headSlice }: ComparedSlices): boolean {
  const [base, head] = [finiteValues(engine, baseSlice), finiteValues(engine, headSlice)]
  return base !== null && head !== null && (baseSlice.group === 'null' || base.length === head.length)
}

function compareGroup(slices: ComparedSlices): Report {
  if (isListedGroup(slices) || sameFiniteValues(slices)) return nothing
  const unions = compareUnions(slices)
  if (unions !== null) return unions
  switch (slices.baseSlice.group) {
    case 'number':
      return reportOf(...compareNumbers(slices), ...compareAnnotatedFormats(slices))
    case 'string':
      return reportOf(...compareTexts(slices), ...compareAnnotatedFormats(slices))
    case 'array':
      return compareItems(slices)
    case 'object':
      return compareObjects(slices)
    case 'null':
    case 'boolean':
      return nothing
  }
}

/** References that lead nowhere and types that no version knows: alike only when written alike. */
function compareOpaque({ baseConjuncts, headConjuncts }: Compared): readonly LocalFact[] {
  const [old, now] = [baseConjuncts.filter(isOpaque), headConjuncts.filter(isOpaque)]
  const text = (conjunct: Conjunct): string => referenceOf(conjunct)?.text ?? JSON.stringify(keyword(conjunct, 'type'))
  const gone = old.filter((each) => !now.some((other) => text(other) === text(each)))
  const fresh = now.filter((each) => !old.some((other) => text(other) === text(each)))
  return Array.from({ length: Math.max(gone.length, fresh.length) }, (_, at) => {
    const [from, to] = [gone[at], fresh[at]]
    const conjunct = to ?? from
    const reason =
      conjunct !== undefined && referenceOf(conjunct) !== null ? 'The reference leads nowhere.' : 'No version of OpenAPI knows this type.'
    return localFact({
      aspect: 'undecided',
      effect: 'unknown',
      subject: conjunct === undefined ? '' : text(conjunct),
      base: keywordPlace(from),
      head: keywordPlace(to),
      reason,
    })
  })
}
