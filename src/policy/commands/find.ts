/** Which findings a command means: by the beginning of a fingerprint that belongs to exactly one, or by the thread that it stands in. */
import type { ApiFinding, DecisionInput } from '../../model/api-facts.ts'

export interface Meant {
  /** Fingerprints, with those of the lint findings that the named ones stand for. */
  readonly fingerprints: readonly string[]
  /** The findings that were named. */
  readonly findings: readonly ApiFinding[]
  /** Those and all that are shown as one with them: what settles one of these settles what is shown. */
  readonly together: readonly ApiFinding[]
}

export type FindingsById = (ids: readonly string[]) => Meant | { readonly problem: string }

/** Looks among what the pull request introduces. An id that two findings share names neither: whoever made them alike may mean the other. */
export function findingsById({ findings, repeats }: Pick<DecisionInput, 'findings' | 'repeats'>): FindingsById {
  const introduced = findings.filter((finding) => finding.new)
  return (ids) => {
    const named: ApiFinding[] = []
    for (const id of ids) {
      const [first, second] = introduced.filter(({ fingerprint }) => fingerprint.startsWith(id))
      if (first === undefined) return { problem: `no finding of this pull request has the id \`${id}\`` }
      if (second !== undefined)
        return { problem: `several findings have an id that begins with \`${id}\`; more of its digits tell them apart` }
      named.push(first)
    }
    return {
      findings: named,
      fingerprints: [...new Set(named.flatMap(({ fingerprint }) => withRepeats(fingerprint, repeats)))],
      together: shownTogether(named, introduced, repeats),
    }
  }
}

/** A lint finding that is shown as part of a worse one must not be a way around it. */
function shownTogether(named: readonly ApiFinding[], introduced: readonly ApiFinding[], repeats: DecisionInput['repeats']): ApiFinding[] {
  const wanted = new Set(named.map(({ fingerprint }) => fingerprint))
  for (const [shown, others] of Object.entries(repeats ?? {}))
    if ([shown, ...others].some((one) => wanted.has(one))) for (const one of [shown, ...others]) wanted.add(one)
  return introduced.filter(({ fingerprint }) => wanted.has(fingerprint))
}

function withRepeats(fingerprint: string, repeats: DecisionInput['repeats']): readonly string[] {
  const others = repeats !== undefined && Object.hasOwn(repeats, fingerprint) ? repeats[fingerprint] : undefined
  return [fingerprint, ...(others ?? [])]
}
