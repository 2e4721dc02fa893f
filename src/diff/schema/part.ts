/** What a schema says about one part of a body: whether it knows the part, and as what media type the part is written unless told otherwise. */
import { appliedToItem } from './arrays.ts'
import { termIn } from './engine.ts'
import type { Engine } from './engine.ts'
import { bindingFormat } from './formats.ts'
import { anyType, groupBits, typeBits } from './json-types.ts'
import { appliedTo, declaredNames } from './objects.ts'
import { sliceOf, typesOf } from './slice.ts'
import { keyword } from './term.ts'
import type { Term } from './term.ts'
import type { SchemaNode } from '../../openapi/types.ts'

/** A way from a schema to a part: names of properties, positions of items. */
export type PartPath = readonly (string | number)[]

export interface Part {
  /** Null where the schema leaves it open. */
  readonly contentType: string | null
  /** Written as one piece of text, never as a list or an object. */
  readonly isScalar: boolean
}

/** Lists of lists deeper than this are not followed. */
const maxNesting = 8

/** The part; null when the schema does not list a property of the way. */
export function partIn(
  engine: Engine,
  side: 'base' | 'head',
  at: { readonly schema: SchemaNode | null; readonly path: PartPath },
): Part | null {
  let term = termIn(engine, engine[side], at.schema)
  for (const step of at.path) {
    const slice = sliceOf(engine, term, typeof step === 'number' ? 'array' : 'object')
    if (typeof step === 'string' && !declaredNames(slice).has(step) && slice.unions.length === 0) return null
    term = (typeof step === 'number' ? appliedToItem(engine, slice, step) : appliedTo(engine, slice, step)).term
  }
  const kinds = kindsOf(engine, term)
  return { contentType: defaultType(engine, term, 0), isScalar: (kinds & (groupBits.array | groupBits.object)) === 0 }
}

/** OpenAPI 3.0 to 3.2, Encoding Object, `contentType`: text is `text/plain`, what is encoded or binary `application/octet-stream`, objects are JSON, lists as their items. */
function defaultType(engine: Engine, term: Term, nesting: number): string | null {
  const kinds = kindsOf(engine, term)
  if (kinds === 0 || kinds === (anyType & ~typeBits.null) || nesting > maxNesting) return null
  if (kinds === groupBits.object) return 'application/json'
  if (kinds === groupBits.array) return defaultType(engine, appliedToItem(engine, sliceOf(engine, term, 'array'), 0).term, nesting + 1)
  if ((kinds & (groupBits.object | groupBits.array)) !== 0) return null
  return kinds === groupBits.string && isBinary(engine, term) ? 'application/octet-stream' : 'text/plain'
}

function kindsOf(engine: Engine, term: Term): number {
  return typesOf(engine, term) & ~typeBits.null
}

function isBinary(engine: Engine, term: Term): boolean {
  return sliceOf(engine, term, 'string').conjuncts.some(
    (conjunct) => bindingFormat(conjunct, 'string') === 'binary' || keyword(conjunct, 'contentEncoding') !== undefined,
  )
}
