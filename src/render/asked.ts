/** What a button of the check run asked for, at the top of the run that answers it: a waiver to paste, or the policy's rules in words. */
import type { RuleOutcome } from '../model/decision.ts'
import type { Review } from '../model/review.ts'
import { list, paragraph, type Block } from './blocks.ts'
import type { ReportContext } from './context.ts'
import { code, sentence, words } from './escape.ts'

/** A waiver for more than these is a decision about the rule, not about findings. */
const findingsInDraft = 20

export function askedBlocks(review: Review, { asked, waiver }: ReportContext): Block[] {
  if (asked === 'draft-waiver' && waiver !== undefined) return draftWaiver(review, waiver)
  return asked === 'explain-policy' ? explainPolicy(review) : []
}

/** Only what the app itself made stands in the block: fingerprints, digests and ids of rules. Reasons are for people to write. */
function draftWaiver({ findings }: Review, { grantedBy, expires }: NonNullable<ReportContext['waiver']>): Block[] {
  const blocking = findings.filter(({ blocking }) => blocking).slice(0, findingsInDraft)
  if (blocking.length === 0) return [paragraph('**Nothing blocks, so there is nothing to waive.**')]
  const entries = blocking.flatMap(({ id, rule, fingerprint, digest }) => [
    `  - id: ${plain(`${rule}-${id}`)}`,
    `    fingerprint: ${plain(fingerprint)}`,
    `    digest: ${plain(digest)}`,
    '    kind: agreed',
    '    reason: "" # why this may ship, in 20 characters or more',
    `    granted_by: "${grantedBy.slice(0, 120).replace(/[^@\w./:-]/g, '')}"`,
    `    expires: ${expires}`,
  ])
  const yaml = ['version: 1', 'waivers:', ...entries].join('\n')
  return [
    paragraph(
      `**A waiver to paste** into ${code('.github/specgate-waivers.yml')}, here or in a pull request of its own; whoever grants it approves it there. Or one of them comments ${code(`/specgate waive ${blocking[0]?.id ?? ''} until=${expires} reason`)}.`,
    ),
    paragraph(`\`\`\`yaml\n${yaml}\n\`\`\``),
  ]
}

function plain(text: string): string {
  return text.replace(/[^\w.-]/g, '-').slice(0, 128)
}

function explainPolicy({ decision, policy }: Review): Block[] {
  const rules = decision.rules.filter(({ status }) => status !== 'not-applicable')
  const silent = decision.rules.length - rules.length
  const sources = policy.sources.length === 0 ? 'built-in' : policy.sources.map((source) => code(source, 80)).join(' + ')
  return [
    list(
      `**The policy** (${sources}, mode ${code(decision.mode)}) has ${decision.rules.length} rules here, ${silent} of which this pull request does not touch:`,
      rules.map((rule) => () => ruleLine(rule)),
    ),
  ]
}

function ruleLine({ rule, from, status, because, why }: RuleOutcome): string {
  const reasons = because.slice(0, 6).map((one) => sentence(one))
  return `${code(rule, 80)} (${from}, ${status})${why === null ? '' : `: ${words(why, 300)}`}${reasons.map((line) => `  \n  ${line}`).join('')}`
}
