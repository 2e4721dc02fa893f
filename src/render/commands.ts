/** What the app answers to commands in comments: in the one summary, by editing it, never by a comment of its own. */
import type { CommandOutcome } from '../model/decision.ts'
import type { JudgedFinding, Review } from '../model/review.ts'
import { folded, list, type Block } from './blocks.ts'
import { fingerprintsOf, openRulesOf, operationsOf } from './entries.ts'
import { code, sentence } from './escape.ts'
import { message, settlement } from './finding-lines.ts'
import { listed } from './plain-text.ts'

/** The newest; older answers have been read. */
const answersShown = 20
const explanationsShown = 3
const operationsShown = 10

/** Whether a command has to be told something that no check run says. */
export function hasAnswers(review: Review): boolean {
  return tellable(review).length > 0 || explained(review).length > 0
}

/** The answers, newest last, and the explanations that were asked for. */
export function answerBlocks(review: Review): Block[] {
  const lines = tellable(review)
    .slice(-answersShown)
    .map((outcome) => () => answerLine(outcome))
  const answers = lines.length === 0 ? [] : [list('**Answers to commands:**', lines)]
  return [...answers, ...explained(review).flatMap((finding) => explanation(finding, review))]
}

/** What was accepted shows in the check runs; a refusal shows nowhere else. */
function tellable({ decision }: Review): readonly CommandOutcome[] {
  return (decision.commands ?? []).filter(({ because }) => because !== '')
}

const signs: Record<CommandOutcome['status'], string> = { accepted: '✅', refused: '❌', 'not-understood': '❔' }

function answerLine({ by, verb, status, because, findings }: CommandOutcome): string {
  const ids = findings.slice(0, 5).map((fingerprint) => code(fingerprint.slice(0, 6)))
  const about = ids.length === 0 ? '' : ` ${ids.join(' ')}`
  return `${signs[status]} ${code(`@${by}`)} ${code(verb, 40)}${about}: ${sentence(because, 400)}`
}

function explained({ decision, findings }: Review): readonly JudgedFinding[] {
  const wanted = (decision.commands ?? [])
    .filter(({ verb, status }) => verb === 'explain' && status === 'accepted')
    .flatMap((outcome) => outcome.findings)
  const newest = [...new Set(wanted)].slice(-explanationsShown)
  return newest.flatMap((fingerprint) => findings.find((finding) => fingerprintsOf(finding).includes(fingerprint)) ?? [])
}

function explanation(finding: JudgedFinding, review: Review): Block[] {
  const operations = operationsOf([finding]).map((name) => code(name))
  const rules = openRulesOf(review, finding)
  const lines = [
    `${message(finding)}`,
    ...(finding.why === '' ? [] : [sentence(finding.why)]),
    ...(finding.fix === '' ? [] : [`Fix: ${sentence(finding.fix)}`]),
    ...(operations.length === 0 ? [] : [`It reaches ${listed(operations, operationsShown)}.`]),
    ...(finding.confidence === 'likely' ? ['It is judged by a name or a convention, so it may be wrong.'] : []),
    ...(finding.settled === null ? [] : [`It is settled: ${settlement(finding, review)}.`]),
    ...rules.flatMap((rule) => [
      `Rule ${code(rule.rule)} of the policy (${rule.from}) asks about it${rule.why === null ? '' : `: ${sentence(rule.why, 300)}`}`,
      ...rule.because.slice(0, 4).map((one) => sentence(one)),
    ]),
    ...(rules.length === 0 && finding.settled === null ? ['No rule of the policy asks anybody about it.'] : []),
    `Rule ${code(finding.rule)}; ${code(`specgate explain ${finding.rule}`)} prints its page.`,
  ]
  return [
    folded(
      `${finding.id}: ${finding.rule}`,
      list(
        '',
        lines.map((line) => () => line),
      ),
    ),
  ]
}
