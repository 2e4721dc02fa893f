/** A changelog as Markdown and JSON for release notes, and both as something to copy from the check run. */
import type { ApiChangelog, Changelog, ChangelogEntry, ChangelogKind } from '../model/changelog.ts'
import type { Review } from '../model/review.ts'
import { fit, list, paragraph, type Block } from './blocks.ts'
import { code, htmlWords, sentence, words } from './escape.ts'
import { byteLength, cap, listed, visibleLines } from './plain-text.ts'

const headings: Record<ChangelogKind, string> = {
  breaking: 'Breaking',
  security: 'Security',
  deprecated: 'Deprecated',
  added: 'Added',
  changed: 'Changed',
  documentation: 'Documentation',
}

const kinds: readonly ChangelogKind[] = ['breaking', 'security', 'deprecated', 'added', 'changed', 'documentation']
const pageBytes = 500_000
/** Both forms have to fit into the text of a check run, beside the findings. */
const copiedBytes = 12_000
const operationsShown = 5
/** Longer names and sentences are not for release notes. */
const longestCopied = 300

/** The changelog of a review: the APIs that changed. */
export function changelogOfReview({ apis }: Review): Changelog {
  return {
    schema: 'specgate/changelog@1',
    apis: apis.flatMap(({ entries }) => (entries === undefined || entries.entries.length === 0 ? [] : [entries])),
  }
}

/** Markdown, one section an API. Names stay code and nothing in it is a link or a mention, wherever it is pasted. */
export function changelogMarkdown(changelog: Changelog, limit = pageBytes): string {
  if (changelog.apis.length === 0) return '**No change.**\n'
  return `${fit([...changelog.apis.flatMap(apiBlocks), paragraph('')], limit)}\n`
}

export function changelogJson(changelog: Changelog): string {
  return `${JSON.stringify(changelog, null, 2)}\n`
}

function apiBlocks(api: ApiChangelog): Block[] {
  const sections = kinds.flatMap((kind): Block[] => {
    const entries = api.entries.filter((entry) => entry.kind === kind)
    return entries.length === 0
      ? []
      : [
          list(
            `### ${headings[kind]}`,
            entries.map((entry) => () => entryLine(entry)),
          ),
        ]
  })
  const rest = api.left === 0 ? [] : [paragraph(`… and ${api.left} more changes.`)]
  return [paragraph(`## ${words(api.title === '' ? api.id : api.title, 120)}${versions(api)}`), ...sections, ...rest]
}

function versions({ version: { base, head } }: ApiChangelog): string {
  if (head === null) return base === null ? '' : ` ${words(base, 40)} removed`
  return base === null || base === head ? ` ${words(head, 40)}` : ` ${words(base, 40)} → ${words(head, 40)}`
}

function entryLine({ message, operations, kind, security }: ChangelogEntry): string {
  const said = operations.filter((name) => !message.includes(name))
  const reaches =
    said.length === 0 || operations.length === 1
      ? ''
      : ` – reaches ${listed(
          said.map((name) => code(name)),
          operationsShown,
        )}`
  return `${sentence(message, 300)}${kind === 'security' && security !== null ? ` (${security})` : ''}${reaches}`
}

/** The changelog of a review, folded, in two code blocks to copy; nothing where nothing changed. */
export function changelogToCopy(review: Review): Block[] {
  const changelog = changelogOfReview(review)
  if (changelog.apis.length === 0) return []
  const json = JSON.stringify(changelog, (_key, value: unknown) => (typeof value === 'string' ? cap(value, longestCopied) : value), 2)
  const blocks = [
    fenced('markdown', changelogMarkdown(changelog, copiedBytes)),
    ...(byteLength(json) <= copiedBytes
      ? [fenced('json', json)]
      : [`The JSON is too long to stand here; ${code('specgate changelog')} prints it.`]),
  ]
  return [paragraph(`<details><summary>${htmlWords('Changelog entry, to copy')}</summary>\n\n${blocks.join('\n\n')}\n\n</details>`)]
}

/** Nothing in a code block is interpreted, and its fence is longer than any in it. */
function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${visibleLines(text.trimEnd())}\n${fence}`
}
