/** How a place within a schema is called in a sentence. */
import { code } from './words.ts'

/** Tokens that are followed by one that says which: how both are written in a property path. */
const named: Readonly<Record<string, (name: string) => string>> = {
  properties: (name) => `.${name}`,
  patternProperties: (name) => `.{${name}}`,
  dependentSchemas: () => '',
  dependencies: () => '',
  prefixItems: (name) => `[${name}]`,
  oneOf: () => '',
  anyOf: () => '',
  allOf: () => '',
  $defs: () => '',
  definitions: () => '',
}

/** Tokens that stand alone. */
const single: Readonly<Record<string, string>> = {
  items: '[]',
  contains: '[]',
  additionalItems: '[]',
  unevaluatedItems: '[]',
  additionalProperties: '.*',
  unevaluatedProperties: '.*',
}

/** ``the property `items[].price` ``, or the name of the whole when the path is empty. */
export function elementName(path: readonly string[], whole: string): string {
  const name = propertyPath(path)
  if (name === '') return path.includes('propertyNames') ? 'the property names' : whole
  if (name.endsWith(']')) return `the items of ${name === '[]' ? whole : code(name.slice(0, name.lastIndexOf('[')))}`
  return name.endsWith('.*')
    ? `the other properties of ${name === '.*' ? whole : code(name.slice(1, -2))}`
    : `the property ${code(name.replace(/^\./, ''))}`
}

function propertyPath(path: readonly string[]): string {
  let text = ''
  for (let index = 0; index < path.length; index += 1) {
    const token = path[index] ?? ''
    const write = Object.hasOwn(named, token) ? named[token] : undefined
    if (write !== undefined) {
      index += 1
      text += write(path[index] ?? '')
    } else text += Object.hasOwn(single, token) ? (single[token] ?? '') : ''
  }
  return text
}
