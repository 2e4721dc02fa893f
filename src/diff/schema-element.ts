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
  const bare = name.replace(/^\./, '')
  if (name.endsWith(']')) return `an item of ${holder(bare.slice(0, bare.lastIndexOf('[')), whole)}`
  return name.endsWith('.*') ? `any other property of ${holder(bare.replace(/\.?\*$/, ''), whole)}` : `the property ${code(bare)}`
}

function holder(name: string, whole: string): string {
  return name === '' ? whole : code(name)
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
