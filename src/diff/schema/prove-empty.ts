/** Proofs that a part of a term holds no value: contradicting bounds, a required property that nothing fits, unions without a member left. */
import { appliedToItem } from './arrays.ts'
import type { Prover, Slice } from './engine.ts'
import { finiteValues } from './finite.ts'
import { bindingFormat, formatsDisjoint } from './formats.ts'
import { lowerLimit, upperLimit, wholeNumbers } from './numbers.ts'
import { appliedTo, countBound, requiredNames } from './objects.ts'
import { findText, languageOf } from './pattern/language.ts'
import { unionCases } from './prove-cases.ts'
import { negated } from './slice.ts'
import { keyword } from './term.ts'
import type { Term } from './term.ts'

/** `term` holds only values of the slice's group. */
export function listsNothing(prover: Prover, term: Term, slice: Slice): boolean {
  const values = finiteValues(prover.engine, slice)
  if (values !== null) return values.length === 0
  if (contradicts(prover, slice)) return true
  if (slice.conjuncts.some((conjunct) => excludes(prover, term, negated(prover.engine, conjunct)))) return true
  const cases = unionCases(prover.engine, slice)
  return cases !== null && cases.every((each) => prover.empty(each))
}

function excludes(prover: Prover, term: Term, excluded: Term | null): boolean {
  return excluded !== null && prover.within(term, excluded)
}

function contradicts(prover: Prover, slice: Slice): boolean {
  switch (slice.group) {
    case 'number':
      return numbersContradict(slice)
    case 'string':
      return textsContradict(slice)
    case 'array':
      return listsContradict(prover, slice)
    case 'object':
      return objectsContradict(prover, slice)
    case 'null':
    case 'boolean':
      return false
  }
}

function numbersContradict(slice: Slice): boolean {
  const integers = wholeNumbers(slice)
  const [lower, upper] = [lowerLimit(slice, integers), upperLimit(slice, integers)]
  if (lower === null || upper === null) return false
  return lower.value > upper.value || (lower.value === upper.value && (lower.exclusive || upper.exclusive))
}

function textsContradict(slice: Slice): boolean {
  if (countsContradict(slice, 'Length')) return true
  const formats = slice.conjuncts.map((conjunct) => bindingFormat(conjunct, 'string')).filter((format) => format !== null)
  if (formats.some((left, at) => formats.slice(at + 1).some((right) => formatsDisjoint(left, right)))) return true
  const patterns = slice.conjuncts.map((conjunct) => keyword(conjunct, 'pattern')).filter((pattern) => typeof pattern === 'string')
  const languages = [...new Set(patterns)].map(languageOf).filter((language) => language !== null)
  return languages.length > 1 && findText(languages, []) === 'none'
}

function countsContradict(slice: Slice, suffix: string): boolean {
  return (countBound(slice, `min${suffix}`)?.value ?? 0) > (countBound(slice, `max${suffix}`)?.value ?? Infinity)
}

function listsContradict(prover: Prover, slice: Slice): boolean {
  if (countsContradict(slice, 'Items')) return true
  const needed = Math.min(countBound(slice, 'minItems')?.value ?? 0, 20)
  for (let index = 0; index < needed; index++) {
    if (prover.below(() => prover.empty(appliedToItem(prover.engine, slice, index).term))) return true
  }
  return false
}

function objectsContradict(prover: Prover, slice: Slice): boolean {
  const required = requiredNames(slice)
  if (countsContradict(slice, 'Properties') || required.size > (countBound(slice, 'maxProperties')?.value ?? Infinity)) return true
  return [...required.keys()].some((name) => prover.below(() => prover.empty(appliedTo(prover.engine, slice, name).term)))
}
