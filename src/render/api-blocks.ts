/** What both check runs and the command line say about each API: counts, debt that is not counted, the changelog, and the footer. */
import { isSecurityFinding } from '../model/finding.ts'
import type { ApiReview, Review } from '../model/review.ts'
import { folded, foldedList, table, type Block } from './blocks.ts'
import type { ReportContext } from './context.ts'
import { code, sentence, words } from './escape.ts'
import { linkToFile } from './link.ts'
import { counted } from './plain-text.ts'

/** More APIs than this are folded. */
const apisInSight = 20

export function apisBlock(review: Review, context: ReportContext): Block[] {
  if (review.apis.length === 0) return []
  const rows = review.apis.map((api) => apiRow(api, review, context))
  const block = table(['API', 'Change', 'Breaking', 'New security', 'Existing debt (not counted)'], '|---|---|:-:|:-:|:-:|', rows)
  return [rows.length > apisInSight ? folded(`${rows.length} APIs`, block) : block]
}

function apiRow(api: ApiReview, review: Review, context: ReportContext): string[] {
  const security = review.findings.filter((finding) => finding.api === api.id && isSecurityFinding(finding)).length
  const isUnknown = api.state === 'not-evaluated'
  return [
    `${apiLink(api, review, context)}${versions(api)}`,
    changeWords(api),
    isUnknown ? '?' : String(api.summary.breaking),
    isUnknown ? '?' : String(security),
    isUnknown ? '?' : String(api.existing),
  ]
}

function apiLink(api: ApiReview, { commits }: Review, context: ReportContext): string {
  const commit = api.state === 'removed' ? commits.mergeBase : commits.head
  return linkToFile(code(api.id), { path: api.path, commit }, context.repositoryUrl)
}

function versions({ version: { base, head } }: ApiReview): string {
  if (base === head || base === null || head === null) return head === null && base === null ? '' : ` ${words(head ?? base ?? '', 40)}`
  return ` ${words(base, 40)} → ${words(head, 40)}`
}

const stateWords: Record<ApiReview['state'], string> = {
  changed: '',
  added: 'new API',
  removed: '**removed**',
  moved: 'moved',
  unchanged: 'unchanged',
  'not-evaluated': '❌ not evaluated – breaking changes **unknown**',
}

/** The counts of one API in words, e.g. `+2 operations, 3 nonbreaking`. */
function changeWords(api: ApiReview): string {
  const { summary, state, previousPath } = api
  if (state === 'not-evaluated' || state === 'unchanged') return stateWords[state]
  const grown = summary.operations.head - summary.operations.base
  const parts = [
    state === 'moved' && previousPath !== null ? `moved from ${code(previousPath)}` : stateWords[state],
    grown === 0 ? '' : `${grown > 0 ? '+' : '−'}${counted(Math.abs(grown), 'operation')}`,
    ...smallerCounts.map(([key, word]) => (summary[key] > 0 ? `${summary[key]} ${word}` : '')),
  ].filter((part) => part !== '')
  if (parts.length > 0) return parts.join(', ')
  return summary.breaking > 0 ? 'breaking only' : 'no change that clients notice'
}

const smallerCounts = [
  ['dangerous', 'dangerous'],
  ['nonbreaking', 'nonbreaking'],
  ['docs', 'docs'],
  ['strengthening', 'strengthening security'],
] as const

export function changelogBlocks(review: Review): Block[] {
  return review.apis
    .filter((api) => api.changelog.length > 0)
    .map((api) => {
      const name = review.apis.length > 1 ? ` of ${api.id}` : ''
      return foldedList(
        `Changelog${name} (${api.changelog.length})`,
        api.changelog.map((line) => sentence(line, 300)),
      )
    })
}

export function footer(review: Review, context: ReportContext): string {
  const { apis, policy } = review
  const considered = apis.filter((api) => api.state !== 'unchanged')
  const evaluated = considered.filter((api) => api.state !== 'not-evaluated').length
  const sources = policy.sources.length === 0 ? 'built-in' : policy.sources.map((source) => code(source, 80)).join(' + ')
  const parts = [
    `evaluated ${evaluated} of ${counted(considered.length, 'changed description')}`,
    `policy ${sources} (base branch), mode ${policy.mode}`,
    ...(context.rulesVersion === undefined ? [] : [`rules ${words(context.rulesVersion, 40)}`]),
    ...(context.durationMs === undefined ? [] : [`${(context.durationMs / 1000).toFixed(1)} s`]),
  ]
  return `<sub>${parts.join(' · ')}</sub>`
}
