/** Whom to ask: the fewest people or teams that cover everything that is missing (greedy set cover, as good as it gets in linear time). */
import type { RequirementOutcome } from '../model/decision.ts'

/** GitHub requests at most 15 reviewers for one pull request (docs.github.com, "Requesting a pull request review"). */
const mostRequested = 15

/** `@org/team` and `@user` names; roles cannot be asked. Teams only or people only where the policy says so and there is a choice. */
export function askForReview(requirements: readonly RequirementOutcome[], prefer: 'teams' | 'users' | 'none'): string[] {
  if (prefer === 'none') return []
  let open = requirements.filter(({ satisfied }) => !satisfied).map(({ candidates }) => preferred(candidates, prefer))
  const asked: string[] = []
  while (asked.length < mostRequested) {
    const best = mostHelpful(open)
    if (best === null) break
    asked.push(best)
    open = open.filter((names) => !names.includes(best))
  }
  return asked
}

function preferred(candidates: readonly string[], prefer: 'teams' | 'users'): readonly string[] {
  const askable = candidates.filter((name) => name.startsWith('@'))
  const wanted = askable.filter((name) => name.includes('/') === (prefer === 'teams'))
  return wanted.length > 0 ? wanted : askable
}

function mostHelpful(open: readonly (readonly string[])[]): string | null {
  const counts = new Map<string, number>()
  for (const names of open) for (const name of new Set(names)) counts.set(name, (counts.get(name) ?? 0) + 1)
  let best: string | null = null
  for (const [name, count] of counts) if (best === null || count > (counts.get(best) ?? 0)) best = name
  return best
}
