/** How a parameter's value is written into the request: `style` and `explode`, with the defaults of each place filled in. */
import type { ApiDescription, JsonObject } from './types.ts'
import { field, textField } from './values.ts'

export interface ParameterStyle {
  readonly style: string
  readonly explode: boolean
}

/** OpenAPI 3, Parameter Object, `style`: the default of each place. */
const defaultStyles: ReadonlyMap<string, string> = new Map([
  ['query', 'form'],
  ['path', 'simple'],
  ['header', 'simple'],
  ['cookie', 'form'],
])

/** Swagger 2.0, `collectionFormat`, in the words of OpenAPI 3. `tsv` has no counterpart and keeps a name of its own. */
const collectionFormats: ReadonlyMap<string, string> = new Map([
  ['ssv', 'spaceDelimited'],
  ['tsv', 'tabDelimited'],
  ['pipes', 'pipeDelimited'],
])

/** The effective style of a parameter or header that stands in `place`. */
export function parameterStyle(api: ApiDescription, value: JsonObject, place: string): ParameterStyle {
  return api.version === '2.0' ? fromCollectionFormat(value, place) : fromStyle(value, place)
}

function fromStyle(value: JsonObject, place: string): ParameterStyle {
  const style = textField(value, 'style') ?? defaultStyle(place)
  const explode = field(value, 'explode')
  return { style, explode: typeof explode === 'boolean' ? explode : style === 'form' || style === 'cookie' }
}

/** Only lists have a format; other values are written as OpenAPI 3 does by default. */
function fromCollectionFormat(value: JsonObject, place: string): ParameterStyle {
  const style = defaultStyle(place)
  if (field(value, 'type') !== 'array') return { style, explode: style === 'form' }
  const format = textField(value, 'collectionFormat') ?? 'csv'
  return { style: collectionFormats.get(format) ?? style, explode: format === 'multi' }
}

function defaultStyle(place: string): string {
  return defaultStyles.get(place) ?? 'form'
}
