/**
 * The peers' cases, written in other ways: schemas moved into components or into another file, within `allOf`, keys in another order,
 * as YAML, in the next version. What is said about a change must not depend on how the description is written.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { diffDescriptions } from '../../src/diff/diff.ts'
import { readText } from './load.ts'
import type { Options } from './real.ts'

type Json = Record<string, any>

interface Written {
  readonly text: string
  readonly files?: Record<string, string>
}

interface Variant {
  readonly name: string
  /** Null where the document cannot be written so. */
  readonly write: (document: Json) => Written | null
}

const isMap = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Calls `change` with every schema that stands alone (not within another), and puts what it returns in its place. */
function eachSchema(document: Json, change: (schema: Json, name: string) => unknown): void {
  let count = 0
  const visit = (value: unknown, key: string): void => {
    if (Array.isArray(value)) for (const one of value) visit(one, key)
    if (!isMap(value)) return
    for (const [name, one] of Object.entries(value)) {
      if (['example', 'examples', 'default', 'enum'].includes(name) || name.startsWith('x-')) continue
      const holdsSchema = name === 'schema' && isMap(one)
      if (holdsSchema) value[name] = change(one, `Part${String((count += 1))}`)
      else if (!(key === 'components' && name === 'schemas') && name !== 'definitions') visit(one, name)
    }
  }
  visit(document, '')
}

/** Every property of every schema that stands alone. */
function eachProperty(document: Json, change: (schema: Json, name: string) => unknown): void {
  let count = 0
  const enter = (schema: unknown): void => {
    if (!isMap(schema) || !isMap(schema['properties'])) return
    for (const [name, one] of Object.entries(schema['properties'])) {
      enter(one)
      if (isMap(one)) schema['properties'][name] = change(one, `Property${String((count += 1))}`)
    }
  }
  eachSchema(document, (schema) => {
    enter(schema)
    return schema
  })
}

const isSwagger = (document: Json): boolean => document['swagger'] !== undefined

function componentsOf(document: Json): Json {
  if (isSwagger(document)) return (document['definitions'] ??= {})
  return ((document['components'] ??= {})['schemas'] ??= {})
}

const pointerOf = (document: Json): string => (isSwagger(document) ? '#/definitions/' : '#/components/schemas/')

const asJson = (document: Json): Written => ({ text: JSON.stringify(document) })

/** Siblings of `$ref` count from 3.1 on only; moving one would change what they mean. */
const moved = (document: Json, schema: Json, name: string): unknown => {
  if (schema['$ref'] !== undefined) return schema
  componentsOf(document)[name] = schema
  return { $ref: `${pointerOf(document)}${name}` }
}

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (!isMap(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, one]) => [key, reversed(one)]),
  )
}

const variants: readonly Variant[] = [
  { name: 'yaml', write: (document) => ({ text: stringify(document, { aliasDuplicateObjects: false }) }) },
  { name: 'keys reversed', write: (document) => asJson(reversed(document) as Json) },
  {
    name: 'schemas in components',
    write: (document) => {
      eachSchema(document, (schema, name) => moved(document, schema, name))
      return asJson(document)
    },
  },
  {
    name: 'properties in components',
    write: (document) => {
      eachProperty(document, (schema, name) => moved(document, schema, name))
      return asJson(document)
    },
  },
  {
    name: 'schemas in another file',
    write: (document) => {
      const others: Json = {}
      eachSchema(document, (schema, name) => {
        if (JSON.stringify(schema).includes('"$ref"')) return schema
        others[name] = schema
        return { $ref: `parts/schemas.json#/${name}` }
      })
      return { ...asJson(document), files: { 'parts/schemas.json': JSON.stringify(others) } }
    },
  },
  {
    name: 'schemas within allOf',
    write: (document) => {
      eachSchema(document, (schema) => (schema['$ref'] === undefined ? { allOf: [schema] } : schema))
      return isSwagger(document) ? null : asJson(document)
    },
  },
  {
    name: 'properties within allOf',
    write: (document) => {
      eachProperty(document, (schema) => (schema['$ref'] === undefined && schema['readOnly'] === undefined ? { allOf: [schema] } : schema))
      return isSwagger(document) ? null : asJson(document)
    },
  },
  {
    name: 'as 3.1',
    write: (document) => {
      const text = JSON.stringify(document)
      if (!String(document['openapi']).startsWith('3.0') || /"nullable"|"exclusiveM|"\$ref"/.test(text)) return null
      return asJson({ ...document, openapi: '3.1.0' })
    },
  },
  {
    name: 'as 3.2',
    write: (document) => (String(document['openapi']).startsWith('3.1') ? asJson({ ...document, openapi: '3.2.0' }) : null),
  },
  {
    name: 'below a prefix',
    write: (document) => {
      if (!isMap(document['paths'])) return null
      const entries = Object.entries(document['paths']).map(([path, item]) => [path.startsWith('/') ? `/api${path}` : path, item])
      return /"\$ref":"#\/paths/.test(JSON.stringify(document)) ? null : asJson({ ...document, paths: Object.fromEntries(entries) })
    },
  },
  {
    name: 'parameters of the path',
    write: (document) => {
      for (const item of Object.values<unknown>(document['paths'] ?? {})) {
        if (!isMap(item)) continue
        const operations = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'].flatMap((method) =>
          isMap(item[method]) ? [item[method]] : [],
        )
        const [only, ...others] = operations
        if (only === undefined || others.length > 0 || !Array.isArray(only['parameters']) || item['parameters'] !== undefined) continue
        item['parameters'] = only['parameters']
        delete only['parameters']
      }
      return isSwagger(document) || /"\$ref":"#\/paths/.test(JSON.stringify(document)) ? null : asJson(document)
    },
  },
]

const peers = ['hard', 'oasdiff', 'openapitools', 'criteo', 'azure-oad', 'optic']

/** Prints each case about which a variant says something else than the case as it is. */
export function reportVariants(corpus: string, { verbose, only }: Options): boolean {
  let [compared, other] = [0, 0]
  const lines: string[] = []
  for (const peer of peers) {
    const path = join(corpus, 'peers', `${peer}.jsonl`)
    if (!existsSync(path)) continue
    for (const text of readFileSync(path, 'utf8').trim().split('\n')) {
      const one = JSON.parse(text) as Json
      if (!String(one['id']).includes(only) || one['baseFiles'] !== undefined || one['revisionFiles'] !== undefined) continue
      const sides = { base: parsed(one['base']), head: parsed(one['revision']) }
      if (sides.base === null || sides.head === null) continue
      const plain = verdicts({ text: String(one['base']) }, { text: String(one['revision']) })
      if (plain === null) continue
      for (const { name, write } of variants) {
        const written = { base: write(structuredClone(sides.base)), head: write(structuredClone(sides.head)) }
        if (written.base === null || written.head === null) continue
        const found = verdicts(written.base, written.head)
        compared += 1
        if (found !== null && found.join('\n') === plain.join('\n')) continue
        other += 1
        lines.push(`  ${String(one['id'])} ${name}:`, ...difference(plain, found ?? ['unreadable']).map((each) => `      ${each}`))
      }
    }
  }
  console.log(`variants: ${String(compared - other)} of ${String(compared)} say the same as the case as it is`)
  for (const line of lines.slice(0, verbose ? 2000 : 30)) console.log(line)
  return other === 0
}

function parsed(text: unknown): Json | null {
  try {
    const value: unknown = parse(String(text))
    return isMap(value) ? value : null
  } catch {
    return null
  }
}

/** `class security rule` of each change that is more than words. */
function verdicts(base: Written, head: Written): string[] | null {
  const [before, after] = [base, head].map(({ text, files = {} }) => readText(text, 'openapi.yaml', files))
  if (typeof before !== 'object' || typeof after !== 'object') return null
  const changes = diffDescriptions(before, after).changes.filter((change) => change.class !== 'docs')
  return changes.map((change) => `${change.class} ${String(change.security)} ${change.rule}`).sort()
}

function difference(plain: readonly string[], found: readonly string[]): string[] {
  const left = [...found]
  const gone = plain.filter((each) => {
    const at = left.indexOf(each)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
  return [...gone.map((each) => `- ${each}`), ...left.map((each) => `+ ${each}`)]
}
