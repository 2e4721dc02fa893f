/** Which files of a repository a team's ruleset consists of: the entry and what it extends, file by file, within the same commit. */
import type { TextFile } from '../../model/snapshot.ts'
import { isList, isObject } from '../../openapi/values.ts'
import { joinPath } from './repository-path.ts'
import { readRulesetFile } from './ruleset-file.ts'

/** Files of one ruleset; the linter follows five in a row. */
const mostFiles = 20

/** Reads texts of one commit; a path that is not there, or is no text, is left out. */
export type ReadFiles = (paths: readonly string[]) => Promise<readonly TextFile[]>

/** The entry first, then the files it extends, each once. What is missing is reported by the linter, on its line. */
export async function gatherRulesets(entry: TextFile, read: ReadFiles): Promise<readonly TextFile[]> {
  const files = [entry]
  const asked = new Set([entry.path])
  for (let waiting = [entry]; waiting.length > 0 && files.length < mostFiles;) {
    const paths = waiting.flatMap(extendedPaths).filter((path) => !asked.has(path))
    const wanted = [...new Set(paths)].slice(0, mostFiles - files.length)
    for (const path of wanted) asked.add(path)
    waiting = wanted.length === 0 ? [] : [...(await read(wanted))]
    files.push(...waiting)
  }
  return files
}

/** Paths of the YAML and JSON files that a ruleset extends; names of known rulesets, addresses and scripts are none. */
export function extendedPaths(file: TextFile): readonly string[] {
  const read = readRulesetFile(file)
  if ('problems' in read) return []
  const overrides = read.content['overrides']
  const parts = [read.content, ...(isList(overrides) ? overrides.filter(isObject) : [])]
  return parts
    .flatMap((part) => namesIn(part['extends']))
    .filter((name) => /\.(?:ya?ml|json)$/i.test(name) && !/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(name))
    .map((name) => joinPath(file.path, name))
    .filter((path) => path !== '')
}

/** `extends: a.yaml`, `extends: [a.yaml]`, `extends: [[a.yaml, off]]`. */
function namesIn(written: unknown): readonly string[] {
  if (typeof written === 'string') return [written]
  return isList(written) ? written.flatMap((one) => (isList(one) ? one.slice(0, 1) : [one])).filter((one) => typeof one === 'string') : []
}
