/** A schema as one text: all that it means, nothing of how it is written. Parts appear by the label that the caller gives them. */
import { isObject } from '../../openapi/values.ts'
import { canonicalJson } from './canonical-json.ts'
import { appliedToItem, prefixLength } from './arrays.ts'
import { mappedSchema } from './compare-discriminators.ts'
import type { Engine, Slice } from './engine.ts'
import { finiteValues, listedIn } from './finite.ts'
import { annotatedFormat, bindingFormat } from './formats.ts'
import { groups } from './json-types.ts'
import { lowerLimit, multipleOf, upperLimit, wholeNumbers } from './numbers.ts'
import { appliedTo, appliedToRest, countBound, declaredNames, namePatterns, requiredNames } from './objects.ts'
import { isOpaque } from './prove-conjunct.ts'
import { containsBounds } from './prove-arrays.ts'
import { sliceOf, subterm } from './slice.ts'
import { entriesOf, keyword, referenceOf } from './term.ts'
import type { Conjunct, Term } from './term.ts'

type Label = (term: Term) => string

/** The canonical text of a term. Equal texts with equal labels mean equal schemas. */
export function canonicalForm(engine: Engine, term: Term, label: Label): string {
  const form: Record<string, unknown> = {}
  const conjuncts = new Set(term.conjuncts)
  for (const group of groups) {
    const slice = sliceOf(engine, term, group)
    if (slice.mask === 0) continue
    for (const conjunct of slice.conjuncts) conjuncts.add(conjunct)
    const values = listedIn(engine, slice) === null ? null : finiteValues(engine, slice)
    if (values?.length !== 0) form[group] = values === null ? sliceForm(engine, slice, label) : values.map(canonicalJson).sort()
  }
  return canonicalJson({ ...form, beside: besideForm(engine, [...conjuncts], label) })
}

function sliceForm(engine: Engine, slice: Slice, label: Label): unknown {
  const unions = slice.unions.map(({ keyword: name, members }) => [name, ...new Set(members.map(({ term }) => label(term)).sort())])
  const open = unions.length === 0 ? undefined : unions.map(canonicalJson).sort()
  switch (slice.group) {
    case 'number':
      return { ...numberForm(slice), open }
    case 'string':
      return { ...textForm(engine, slice, label), open }
    case 'array':
      return { ...listForm(engine, slice, label), open }
    case 'object':
      return { ...objectForm(engine, slice, label), open }
    case 'null':
    case 'boolean':
      return { open }
  }
}

function sorted(values: readonly (string | null)[]): readonly string[] | undefined {
  const texts = [...new Set(values.filter((value) => value !== null))].sort()
  return texts.length === 0 ? undefined : texts
}

function numberForm(slice: Slice): Record<string, unknown> {
  const integers = wholeNumbers(slice)
  const [lower, upper] = [lowerLimit(slice, integers), upperLimit(slice, integers)]
  const multiple = multipleOf(slice, integers)
  return {
    mask: slice.mask,
    lower: lower && [lower.value, lower.exclusive],
    upper: upper && [upper.value, upper.exclusive],
    multiple: multiple === null ? undefined : `${String(multiple.of.numerator)}/${String(multiple.of.denominator)}`,
    formats: formatsOf(slice),
  }
}

function formatsOf(slice: Slice): readonly string[] | undefined {
  return sorted(slice.conjuncts.flatMap((conjunct) => [bindingFormat(conjunct, slice.group), annotatedFormat(conjunct)]))
}

function counts(slice: Slice, suffix: string): Record<string, unknown> {
  return { min: countBound(slice, `min${suffix}`)?.value, max: countBound(slice, `max${suffix}`)?.value }
}

function textForm(engine: Engine, slice: Slice, label: Label): Record<string, unknown> {
  const texts = (name: string): readonly string[] | undefined =>
    sorted(slice.conjuncts.map((conjunct) => (keyword(conjunct, name) === undefined ? null : canonicalJson(keyword(conjunct, name)))))
  const encodings = texts('contentEncoding')?.filter((text) => text !== '"base64"')
  const types = texts('contentMediaType')?.filter((text) => text !== '"application/octet-stream"')
  return {
    ...counts(slice, 'Length'),
    patterns: texts('pattern'),
    formats: formatsOf(slice),
    encodings: encodings?.length === 0 ? undefined : encodings,
    types: types?.length === 0 ? undefined : types,
    content: under(engine, { slice, name: 'contentSchema', label }),
  }
}

interface Under {
  readonly slice: Pick<Slice, 'conjuncts'>
  readonly name: string
  readonly label: Label
}

/** Labels of the schemas under a keyword, wherever it is written. */
function under(engine: Engine, { slice, name, label }: Under): readonly string[] | undefined {
  return sorted(slice.conjuncts.map((conjunct) => (keyword(conjunct, name) === undefined ? null : label(subterm(engine, conjunct, name)))))
}

function listForm(engine: Engine, slice: Slice, label: Label): Record<string, unknown> {
  const length = prefixLength(slice)
  const contains = slice.conjuncts.filter((conjunct) => keyword(conjunct, 'contains') !== undefined)
  const items = Array.from({ length: length + 1 }, (_, at) => appliedToItem(engine, slice, at))
  return {
    ...counts(slice, 'Items'),
    items: items.map(({ term }) => label(term)),
    unique: slice.conjuncts.some((conjunct) => keyword(conjunct, 'uniqueItems') === true) ? true : undefined,
    contains: sorted(
      contains.map((conjunct) => {
        const { min, max } = containsBounds(conjunct)
        return `${String(min)} ${String(max)} ${label(subterm(engine, conjunct, 'contains'))}`
      }),
    ),
    unevaluated: items.every(({ exact }) => exact) ? undefined : under(engine, { slice, name: 'unevaluatedItems', label }),
  }
}

function objectForm(engine: Engine, slice: Slice, label: Label): Record<string, unknown> {
  const rest = appliedToRest(engine, slice)
  const named = (name: string): readonly string[] | undefined =>
    sorted(
      slice.conjuncts.flatMap((conjunct) =>
        entriesOf(conjunct, name).map((entry) => `${JSON.stringify(entry)} ${label(subterm(engine, conjunct, name, entry))}`),
      ),
    )
  return {
    ...counts(slice, 'Properties'),
    properties: [...declaredNames(slice).keys()].sort().map((name) => [name, label(appliedTo(engine, slice, name).term)]),
    required: sorted([...requiredNames(slice).keys()]),
    rest: label(rest.term),
    patterns: namePatterns(slice).length === 0 ? undefined : named('patternProperties'),
    names: under(engine, { slice, name: 'propertyNames', label }),
    demands: sorted(
      slice.conjuncts.map((conjunct) =>
        keyword(conjunct, 'dependentRequired') === undefined ? null : canonicalJson(keyword(conjunct, 'dependentRequired')),
      ),
    ),
    dependents: named('dependentSchemas'),
    unevaluated: rest.exact ? undefined : under(engine, { slice, name: 'unevaluatedProperties', label }),
  }
}

/** What binds no single group, or no value at all, but means something. */
const marks = ['readOnly', 'writeOnly'] as const
const meanings = ['default', 'xml', 'x-extensible-enum'] as const

function besideForm(engine: Engine, conjuncts: readonly Conjunct[], label: Label): Record<string, unknown> {
  const slice = { conjuncts }
  const form: Record<string, unknown> = { not: under(engine, { slice, name: 'not', label }) }
  const conditions = conjuncts.filter((conjunct) => keyword(conjunct, 'if') !== undefined)
  form['if'] = sorted(conditions.map((conjunct) => ['if', 'then', 'else'].map((name) => label(subterm(engine, conjunct, name))).join(' ')))
  for (const name of marks) if (conjuncts.some((conjunct) => keyword(conjunct, name) === true)) form[name] = true
  for (const name of meanings)
    form[name] = sorted(
      conjuncts.map((conjunct) => (keyword(conjunct, name) === undefined ? null : canonicalJson(keyword(conjunct, name)))),
    )
  form['discriminator'] = sorted(conjuncts.map((conjunct) => discriminatorForm(engine, conjunct, label)))
  form['opaque'] = sorted(
    conjuncts.map((conjunct) => (isOpaque(conjunct) ? (referenceOf(conjunct)?.text ?? canonicalJson(keyword(conjunct, 'type'))) : null)),
  )
  return form
}

/** The property, and what each written key leads to. Names of schemas do not count. */
function discriminatorForm(engine: Engine, conjunct: Conjunct, label: Label): string | null {
  const written = keyword(conjunct, 'discriminator')
  if (!isObject(written)) return written === undefined ? null : canonicalJson(written)
  const mapping = isObject(written['mapping']) ? written['mapping'] : {}
  const keys = Object.entries(mapping).map(([key, text]) => [
    key,
    typeof text === 'string' ? label(mappedSchema(engine, conjunct, text).term) : '',
  ])
  return canonicalJson([written['propertyName'], keys.map(canonicalJson).sort()])
}
