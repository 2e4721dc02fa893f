/** Turns what the validator found into sentences at the right line: what is wrong, what was meant, what is possible. */
import type { z } from 'zod'
import type { Problem } from '../model/place.ts'
import { isObject } from './policy-json-schema.ts'
import { pointerOf, type Path, type YamlText } from './read-yaml.ts'
import { nearestWord } from './suggest.ts'
import { waiversFile } from './written-policy.ts'

type Issue = z.core.$ZodIssue
/** Most mistakes reported for one file. */
const mostMistakes = 50

/** One problem for each mistake, in the order of the file. `schemaOf` gives the JSON Schema of the file, for the keys that it knows. */
export function describeMistakes(issues: readonly Issue[], yaml: YamlText, schemaOf: () => unknown): Problem[] {
  const keysAt = keyLookup(schemaOf)
  const flat = issues.flatMap((issue) => flatten(issue, [], yaml.value))
  const unknownAt = new Set(flat.filter((issue) => issue.code === 'unrecognized_keys').map((issue) => pointerOf(pathOf(issue))))
  return flat
    .filter((issue) => issue.code !== 'custom' || !unknownAt.has(pointerOf(pathOf(issue))))
    .flatMap((issue) => describe(issue, { yaml, keysAt }))
    .sort((a, b) => a.line - b.line || a.column - b.column)
    .slice(0, mostMistakes)
}

/** Of a choice between one and many (or between two shapes), the branch that the writer meant: the one that fails furthest inside. */
function flatten(issue: Issue, before: Path, value: unknown): Issue[] {
  const path = [...before, ...pathOf(issue)]
  if (issue.code !== 'invalid_union') return [{ ...issue, path }]
  const branches = issue.errors.filter((errors) => errors.length > 0)
  const failsAtOnce = (errors: readonly Issue[], code?: string) =>
    errors.some((error) => error.path.length === 0 && (code ?? error.code) === error.code)
  const meant =
    branches.find((errors) => !failsAtOnce(errors)) ?? branches.find((errors) => !failsAtOnce(errors, 'invalid_type')) ?? branches[0]
  return meant === undefined ? [{ ...issue, path }] : meant.flatMap((error) => flatten(error, path, value))
}

function pathOf(issue: Issue): Path {
  return issue.path.map((part) => (typeof part === 'number' ? part : String(part)))
}

interface Context {
  readonly yaml: YamlText
  /** The keys that the grammar knows at a path. */
  readonly keysAt: (path: Path) => readonly string[]
}

function describe(issue: Issue, { yaml, keysAt }: Context): Problem[] {
  const path = pathOf(issue)
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => yaml.problemAt([...path, key], unknownKey(key, path, keysAt(path)), 'key'))
  return [yaml.problemAt(path, describeValue(issue, path, valueAt(yaml.value, path)))]
}

function describeValue(issue: Issue, path: Path, value: unknown): string {
  const name = nameOf(path)
  if (path.length === 1 && path[0] === 'version') return versionMessage(value)
  if (value === undefined) return `${name} is missing.`
  if (issue.code === 'invalid_value') return wrongWord(name, value, issue.values)
  if (issue.code === 'invalid_type') return `${name} is ${typeOf(value)}; ${expected(issue.expected)} belongs there.`
  if (issue.code === 'too_big') return `${name} ${sizePhrase(issue.origin, 'at most', Number(issue.maximum))}.`
  if (issue.code === 'too_small') return tooSmall(name, issue)
  return issue.code === 'custom' ? issue.message : `${name} is ${shown(value)}. ${issue.message}`
}

const version1 = 'Version 1 is read by Specgate 0.1 and later'

function versionMessage(value: unknown): string {
  if (value === undefined) return `\`version\` is missing: begin the file with \`version: 1\`. ${version1}.`
  if (typeof value === 'number' && value > 1) return `\`version: ${value}\` needs a newer Specgate. ${version1}; this one knows no other.`
  return `\`version\` is ${shown(value)}; write \`version: 1\`. ${version1}.`
}

function wrongWord(name: string, value: unknown, allowed: readonly unknown[]): string {
  const words = allowed.map(String)
  const near = typeof value === 'string' ? nearestWord(value, words) : null
  const list = words.map((word) => `\`${word}\``).join(', ')
  if (near !== null) return `${name} is ${shown(value)}; did you mean \`${near}\`? Possible: ${list}.`
  return `${name} is ${shown(value)}; possible: ${list}.`
}

const sizeUnits: Readonly<Record<string, string>> = { string: 'characters', array: 'entries' }

function sizePhrase(origin: string, bound: string, limit: number): string {
  const unit = sizeUnits[origin]
  return unit === undefined ? `is ${bound} ${limit}` : `has ${bound} ${limit} ${unit}`
}

/** A place with a message of its own says more than the number. */
function tooSmall(name: string, issue: z.core.$ZodIssueTooSmall): string {
  const hasOwnMessage = !/^(?:Too small|Invalid)/.test(issue.message)
  return hasOwnMessage
    ? `${name} is too short. ${issue.message}`
    : `${name} ${sizePhrase(issue.origin, 'at least', Number(issue.minimum))}.`
}

const words: Readonly<Record<string, string>> = {
  object: 'a map',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: '`true` or `false`',
}

function expected(type: string): string {
  return words[type] ?? type
}

function typeOf(value: unknown): string {
  if (value === null) return 'empty'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'a map' : shown(value)
}

function shown(value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return typeOf(value)
  const text = String(value).replaceAll(/[`\s]+/g, ' ')
  return `\`${text.length > 60 ? `${text.slice(0, 60)}…` : text}\``
}

function nameOf(path: Path): string {
  const name = path.findLast((part) => typeof part === 'string')
  return name === undefined ? 'The file' : `\`${name}\``
}

/** Keys that people bring from elsewhere, and what to write instead. */
const elsewhere: Readonly<Record<string, string>> = {
  label: 'Labels can switch a rule on (`when: { pr: { label: ... } }`), never off: whoever can label is not an approver.',
  backstage: 'The catalog is read from `catalog-info.yaml` at the root of the repository.',
  waiver: `Waivers are listed in \`${waiversFile}\`.`,
}

function unknownKey(key: string, path: Path, known: readonly string[]): string {
  const near = nearestWord(key, known)
  const where = path.length === 0 ? 'at the top of the file' : `in ${nameOf(path)}`
  if (near !== null) return `Unknown key \`${key}\` ${where}; did you mean \`${near}\`?`
  const advice = Object.hasOwn(elsewhere, key) ? ` ${elsewhere[key] ?? ''}` : ''
  const list = known.map((word) => `\`${word}\``).join(', ')
  return `Unknown key \`${key}\` ${where}.${advice} Known: ${list}.`
}

/** Looks keys up in the JSON Schema, which is made at the first question only. */
function keyLookup(schemaOf: () => unknown): Context['keysAt'] {
  let root: unknown
  return (path) => {
    root ??= schemaOf()
    let here: unknown[] = [root]
    for (const part of path) here = here.flatMap((schema) => stepInto(root, schema, part))
    return [...new Set(here.flatMap((schema) => propertiesOf(root, schema)))]
  }
}

function branchesOf(root: unknown, schema: unknown): unknown[] {
  if (!isObject(schema)) return []
  const reference = schema['$ref']
  if (typeof reference === 'string') return branchesOf(root, referenced(root, reference))
  const choices = [schema['anyOf'], schema['oneOf'], schema['allOf']].flatMap(listOf)
  return [schema, ...choices.flatMap((choice) => branchesOf(root, choice))]
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function referenced(root: unknown, reference: string): unknown {
  return reference
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), root)
}

function stepInto(root: unknown, schema: unknown, part: string | number): unknown[] {
  return branchesOf(root, schema).flatMap((branch) => {
    if (!isObject(branch)) return []
    if (typeof part === 'number') return branch['items'] === undefined ? [] : [branch['items']]
    const properties = branch['properties']
    return isObject(properties) && Object.hasOwn(properties, part) ? [properties[part]] : []
  })
}

function propertiesOf(root: unknown, schema: unknown): string[] {
  return branchesOf(root, schema).flatMap((branch) =>
    isObject(branch) && isObject(branch['properties']) ? Object.keys(branch['properties']) : [],
  )
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, part) => {
    if (Array.isArray(at)) return at[Number(part)]
    return isObject(at) && Object.hasOwn(at, part) ? at[String(part)] : undefined
  }, value)
}
