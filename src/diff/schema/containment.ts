/** How two terms lie to each other: by proof where there is one, by two counter-examples where there are, else unknown. */
import type { Prover } from './engine.ts'
import { effectOf } from './report.ts'
import type { Term } from './term.ts'
import type { Effect } from './types.ts'
import { findWitness } from './witness.ts'

/** The effect of replacing `base` by `head`. */
export function containment(prover: Prover, base: Term, head: Term): Effect {
  const effect = effectOf(prover.within(head, base), prover.within(base, head))
  if (effect !== 'unknown') return effect
  const differs = (inside: Term, outside: Term): boolean => findWitness(prover.engine, { inside, outside, focus: null }) !== undefined
  return differs(base, head) && differs(head, base) ? 'incomparable' : 'unknown'
}
