/** Helpers that every comparer of an operation's parts uses. */
import type { Node } from '../../openapi/types.ts'
import type { OperationScope } from '../comparison.ts'
import { fact } from '../fact.ts'
import type { Fact, FactDraft } from '../fact.ts'
import type { KeyChange } from '../documentation.ts'
import { code } from '../words.ts'

/** A fact of this operation. What is gone in head is pointed at in the operation, unless the comparer knows a nearer place. */
export function inOperation(scope: OperationScope, draft: FactDraft): Fact {
  const near: Node | null = (draft.head ?? null) === null ? scope.pair.head.node : null
  return fact({ operation: scope.key, near, ...draft, place: [...scope.place, ...draft.place] })
}

/** One docs fact for each key that changed. */
export function documentationFacts(scope: OperationScope, draft: FactDraft, changes: readonly KeyChange[]): readonly Fact[] {
  return changes.map(({ key, base, head }) =>
    inOperation(scope, { ...draft, place: [...draft.place, key], words: { ...draft.words, name: code(key) }, base, head }),
  )
}
