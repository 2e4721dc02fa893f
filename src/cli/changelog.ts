/** `specgate changelog`: what changed between two files, folders or git revisions, for release notes. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { ApiChangelog } from '../model/changelog.ts'
import { changelogJson, changelogMarkdown } from '../render/changelog.ts'
import { changelog } from '../run-changelog.ts'
import { exitCode, type ExitCode } from './fail.ts'
import { readSources, type NamedSources } from './input.ts'
import { print } from './print.ts'

export interface ChangelogFlags {
  readonly format: 'markdown' | 'json'
}

/** Prints the entry. 0: printed; 2: a side could not be read, which standard error says with its line. */
export async function runChangelog(base: string, head: string, { format }: ChangelogFlags): Promise<ExitCode> {
  const sides = { base: await readSources(revision(base), process.cwd()), head: await readSources(revision(head), process.cwd()) }
  const apis: ApiChangelog[] = []
  let unread = 0
  for (const { name, ...pair } of namesakes(sides)) {
    const entry = changelog(name, pair)
    if ('problems' in entry) {
      unread += 1
      for (const { file, line, message } of entry.problems.slice(0, 5)) process.stderr.write(`${file}:${line}: ${message}\n`)
    } else if (entry.entries.length > 0) apis.push(entry)
  }
  const result = { schema: 'specgate/changelog@1', apis } as const
  await print(format === 'json' ? changelogJson(result) : changelogMarkdown(result))
  return unread > 0 ? exitCode.notEvaluated : exitCode.fine
}

/** A tag or branch alone means every description in it. */
function revision(argument: string): string {
  return argument.includes(':') || existsSync(resolve(process.cwd(), argument)) ? argument : `${argument}:`
}

function namesakes({ base, head }: { readonly base: NamedSources; readonly head: NamedSources }) {
  const [onlyBase, onlyHead] = [[...base], [...head]]
  if (onlyBase.length === 1 && onlyHead.length === 1) {
    const [name, source] = onlyHead[0] ?? ['', null]
    return [{ name: name === '' ? (source?.path ?? '') : name, base: onlyBase[0]?.[1] ?? null, head: source }]
  }
  const names = [...new Set([...base.keys(), ...head.keys()])].sort()
  return names.map((name) => ({ name, base: base.get(name) ?? null, head: head.get(name) ?? null }))
}
