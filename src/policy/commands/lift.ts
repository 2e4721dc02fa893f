/** Breaking the glass: rules that people wrote are set aside, visibly, for one commit. What no file can remove stays in force. */
import type { AppliedWaiver } from '../../model/decision.ts'
import { dateOf, dayMs } from '../instants.ts'
import type { JudgedRule } from '../judge-rule.ts'
import { waiverId } from './grant.ts'
import type { Bypass } from './heard.ts'

/** Somebody looks at it again within this time. */
const untilReview = 2 * dayMs

const liftable = ['waiting', 'denied', 'vetoed', 'unsatisfiable']

/** The rules with those lifted that the bypass covers. A rule that could not be judged is not lifted: nobody knows what it would have said. */
export function lifted(judged: readonly JudgedRule[], bypass: Bypass | null, now: number | null): readonly JudgedRule[] {
  if (bypass === null) return judged
  const waiver = waiverFor(bypass, now)
  return judged.map((rule) => {
    const { outcome, waived, asked } = rule
    const isCovered = bypass.lifts === 'everything' || outcome.from !== 'organisation'
    if (!isCovered || !liftable.includes(outcome.status)) return rule
    return {
      ...rule,
      outcome: { ...outcome, status: 'waived', because: [`\`@${bypass.by}\` broke the glass: ${bypass.why}`, ...outcome.because] },
      waived: [...waived, ...asked.map((subject) => ({ subject, waiver }))],
      asked: [],
    }
  })
}

/** What the pull request introduces, set aside with the rules: also what nobody asks about and its severity would stop. */
export function bypassed<S>(bypass: Bypass | null, introduced: readonly S[], now: number | null): { subject: S; waiver: AppliedWaiver }[] {
  return bypass === null ? [] : introduced.map((subject) => ({ subject, waiver: waiverFor(bypass, now) }))
}

function waiverFor({ by, why, comment }: Bypass, now: number | null): AppliedWaiver {
  return {
    id: waiverId(comment),
    reason: `break-glass: ${why}`,
    grantedBy: `@${by}`,
    expires: now === null ? '' : dateOf(now + untilReview),
  }
}
