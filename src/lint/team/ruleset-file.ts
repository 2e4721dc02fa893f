/** One ruleset file as data: parsed within limits, with the line of every part. Knows YAML and JSON, nothing of rules. */
import { isMap, isNode, isSeq, LineCounter, parseDocument } from 'yaml'
import type { Document, Node as YamlNode } from 'yaml'
import type { Problem } from '../../model/place.ts'
import type { TextFile } from '../../model/snapshot.ts'
import { pointerOf } from '../../openapi/json-pointer.ts'
import { isList, isObject } from '../../openapi/values.ts'

export type Path = readonly (string | number)[]

export interface RulesetFile {
  readonly path: string
  readonly content: Readonly<Record<string, unknown>>
  /** A problem at a part of the file, on its line. */
  readonly problem: (at: Path, message: string) => Problem
}

/** Characters in one ruleset file; the largest published one has 120,000. */
const largestFile = 1_000_000
/** Lists and maps within each other. */
const maxDepth = 60
/** Aliases written out, together (`yaml` refuses more by itself). */
const maxAliases = 100

/** The file, or what is wrong with it. Never throws. */
export function readRulesetFile({ path, text }: TextFile): RulesetFile | { readonly problems: readonly Problem[] } {
  const at = (line: number, column: number, message: string): Problem => ({
    message,
    file: path,
    pointer: '',
    line,
    column,
    kind: 'policy',
  })
  if (/\.(?:[cm]?[jt]s)$/i.test(path))
    return { problems: [at(1, 1, 'Rulesets written in JavaScript are not run. Write the rules as YAML or JSON.')] }
  if (text.length > largestFile) return { problems: [at(1, 1, `The ruleset is larger than ${String(largestFile)} characters.`)] }
  const lines = new LineCounter()
  const document = parseDocument(text, { schema: 'core', uniqueKeys: true, lineCounter: lines, merge: true })
  if (document.errors.length > 0) {
    return {
      problems: document.errors.map((error) =>
        at(lines.linePos(error.pos[0]).line, lines.linePos(error.pos[0]).col, `The ruleset cannot be read: ${firstLine(error.message)}`),
      ),
    }
  }
  const content = contentOf(document)
  if (typeof content === 'string') return { problems: [at(1, 1, content)] }
  return {
    path,
    content,
    problem: (part, message) => ({ message, file: path, pointer: pointerOf(part), ...placeOf(document, lines, part), kind: 'policy' }),
  }
}

function firstLine(message: string): string {
  return `${(message.split('\n')[0] ?? '').replace(/ at line .*$/, '').replace(/:$/, '')}.`
}

function contentOf(document: Document): Readonly<Record<string, unknown>> | string {
  try {
    const content: unknown = document.toJS({ maxAliasCount: maxAliases })
    if (!isObject(content)) return 'The ruleset is not a map of `extends`, `rules` and the like.'
    return isTame(content, 0) ? content : 'The ruleset is nested too deeply, or uses the key `__proto__`.'
  } catch {
    return 'The ruleset repeats itself by aliases too often.'
  }
}

function isTame(value: unknown, depth: number): boolean {
  if (depth > maxDepth) return false
  if (isList(value)) return value.every((item) => isTame(item, depth + 1))
  return !isObject(value) || Object.keys(value).every((key) => key !== '__proto__' && isTame(value[key], depth + 1))
}

/** Where the part stands: its key where it has one, else the nearest part above it that exists. */
function placeOf(document: Document, lines: LineCounter, path: Path): { readonly line: number; readonly column: number } {
  let node: unknown = document.contents
  let found: YamlNode | null = isNode(node) ? node : null
  for (const step of path) {
    const next = partOf(node, step)
    if (next === null) break
    found = next.shown ?? found
    node = next.value
  }
  const offset = found?.range?.[0]
  if (offset === undefined) return { line: 1, column: 1 }
  const { line, col } = lines.linePos(offset)
  return { line, column: col }
}

function partOf(node: unknown, step: string | number): { readonly value: unknown; readonly shown: YamlNode | null } | null {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => String(key) === String(step))
    return pair === undefined ? null : { value: pair.value, shown: isNode(pair.key) ? pair.key : null }
  }
  if (!isSeq(node)) return null
  const item: unknown = node.items[Number(step)]
  return item === undefined ? null : { value: item, shown: isNode(item) ? item : null }
}
