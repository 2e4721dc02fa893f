/**
 * Reads every description of the corpus (`../shared/corpus/real`, or the folder given) and prints what was found wrong with them, by kind.
 * With `--positions`, compares 200 random pointers of each file with those of the `yaml` package. Exits with 1 on an exception or a
 * wrong position. Usage: node bench/read-corpus.ts [--positions] [--show KIND] [FOLDER]
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import { locate } from '../src/openapi/locate.ts'
import { childPointer } from '../src/openapi/json-pointer.ts'
import { listOperations, listWebhooks } from '../src/openapi/operations.ts'
import { readDescription } from '../src/openapi/read.ts'
import { isDescription } from '../src/openapi/discover.ts'
import { referencedFiles } from '../src/openapi/references.ts'
import type { SourceDocument } from '../src/openapi/types.ts'

const args = process.argv.slice(2)
const show = args.includes('--show') ? args[args.indexOf('--show') + 1] : undefined
const folder =
  args.findLast((arg, index) => !arg.startsWith('--') && args[index - 1] !== '--show') ??
  new URL('../../shared/corpus/real', import.meta.url).pathname
const counts = new Map<string, number>()
let failures = 0

interface Pair {
  readonly base_root?: string
  readonly head_root?: string
  readonly base_file?: string
  readonly head_file?: string
  readonly file?: string
}

function filesBelow(root: string): Record<string, string> {
  const files: Record<string, string> = {}
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const full = join(entry.parentPath, entry.name)
    if (entry.isFile()) files[relative(root, full)] = readFileSync(full, 'utf8')
  }
  return files
}

function count(key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

/** Positions of all nodes as the `yaml` package sees them: of the key of an entry, of the item of a list. */
function reference(text: string): Map<string, { line: number; column: number }> | null {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, merge: true, logLevel: 'silent' })
  if (document.errors.length > 0) return null
  const found = new Map<string, { line: number; column: number }>()
  const at = (offset: number): { line: number; column: number } => ({
    line: lines.linePos(offset).line,
    column: Math.max(lines.linePos(offset).col, 1),
  })
  const visit = (node: unknown, pointer: string): void => {
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        if (!isScalar(key)) continue
        const child = childPointer(pointer, String(key.value))
        if (!found.has(child)) found.set(child, at(key.range?.[0] ?? 0))
        visit(value, child)
      }
    } else if (isSeq(node)) {
      node.items.forEach((item, index) => {
        const child = childPointer(pointer, index)
        if (isScalar(item) && item.value === null) return
        if (typeof item === 'object' && item !== null && 'range' in item && Array.isArray(item.range))
          found.set(child, at(Number(item.range[0])))
        visit(item, child)
      })
    }
  }
  visit(document.contents, '')
  return found
}

function comparePositions(document: SourceDocument): void {
  if (document.text.length > 1_500_000) return count('positions: file too large to compare')
  const expected = reference(document.text)
  if (expected === null) return count('positions: not comparable')
  const pointers = [...expected.keys()]
  const step = Math.max(1, Math.floor(pointers.length / 200))
  const sample = pointers.filter((_, index) => index % step === 0)
  const ranges = locate(document, sample)
  for (const pointer of sample) {
    const want = expected.get(pointer)
    const got = ranges.get(pointer)
    if (want?.line === got?.line && want?.column === got?.column) count('positions: equal')
    else {
      count('positions: DIFFERENT')
      failures += 1
      if (failures < 20) console.log('different', document.path, pointer, want, got)
    }
  }
}

function readOne(label: string, files: Record<string, string>, root: string): void {
  const text = files[root]
  if (text === undefined) return count('no root file')
  if (!isDescription(text)) {
    count('not discovered')
    console.log('not discovered', label)
  }
  try {
    const result = readDescription({ text, path: root, files })
    if ('problems' in result) {
      count('not read')
      for (const problem of result.problems) {
        count(`fatal ${problem.kind}`)
        console.log('fatal', label, problem.line, problem.message)
      }
      return
    }
    count(`read ${result.api.version}`)
    const operations = listOperations(result.api).length + listWebhooks(result.api).length
    if (operations === 0) console.log('without operations', label)
    const missed = [...result.api.documents.keys()].filter(
      (path) =>
        path !== root &&
        ![...result.api.documents.values()].some((document) => referencedFiles(document.text, document.path).includes(path)),
    )
    if (missed.length > 0) console.log('not found by referencedFiles', label, missed)
    for (const problem of result.api.problems) {
      count(`problem ${problem.kind}`)
      if (show === problem.kind)
        console.log(label, `${problem.file}:${String(problem.line)}:${String(problem.column)}`, problem.pointer, problem.message)
    }
    if (args.includes('--positions')) for (const document of [...result.api.documents.values()].slice(0, 20)) comparePositions(document)
  } catch (error) {
    failures += 1
    console.log('EXCEPTION', label, error)
  }
}

if (!existsSync(folder)) {
  console.log(`The corpus is not at ${folder}; nothing was read.`)
} else {
  for (const set of readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory())) {
    for (const id of readdirSync(join(folder, set))) {
      const pair: Pair = JSON.parse(readFileSync(join(folder, set, id, 'pair.json'), 'utf8'))
      for (const [side, root] of [
        ['base', pair.base_root ?? pair.base_file ?? pair.file],
        ['head', pair.head_root ?? pair.head_file ?? pair.file],
      ] as const) {
        const files = filesBelow(join(folder, set, id, side))
        const path = root !== undefined && Object.hasOwn(files, root) ? root : Object.keys(files)[0]
        if (path !== undefined) readOne(`${set}/${id}/${side}`, files, path)
      }
    }
  }
  for (const [key, value] of [...counts].sort()) console.log(key.padEnd(40), value)
  process.exitCode = failures > 0 ? 1 : 0
}
