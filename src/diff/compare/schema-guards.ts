/** What the law must weigh about a schema fact besides its effect. */
import type { OperationScope } from '../comparison.ts'
import type { Guard } from '../effect.ts'
import { removalGuards } from '../lifecycle.ts'
import type { SchemaFact } from '../schema/types.ts'
import type { SchemaUse } from './schema-use.ts'

/** All guards that hold. */
export function guardsOf(scope: OperationScope, use: SchemaUse, found: SchemaFact): readonly Guard[] {
  const rows: readonly (readonly [Guard, boolean])[] = [
    ['unbound', isUnbound(use, found)],
    ['open', found.guards.openEnum || scope.settings.enums === 'open'],
    ['tolerated', scope.settings.enums === 'tolerant'],
    ['required', isRequired(use, found)],
    ['closed', found.aspect === 'property-added' ? found.guards.closed.base : found.guards.closed.head],
    ['sanctioned', found.aspect === 'property-removed' && removalGuards(found.base?.value, scope.settings.today).length > 0],
    ['overlapping', isOverlapping(found)],
  ]
  return rows.filter(([, applies]) => applies).map(([guard]) => guard)
}

/** Nobody sends it: by `readOnly` or `writeOnly`, or because a merge patch holds only what changes, whatever the resource requires (RFC 7396). */
function isUnbound({ mediaType }: SchemaUse, { aspect, guards }: SchemaFact): boolean {
  const isDemand = aspect === 'property-became-required' || (aspect === 'property-added' && guards.required.head)
  if (isDemand && mediaType?.toLowerCase().startsWith('application/merge-patch+json') === true) return true
  return !guards.bound && aspect !== 'read-only' && aspect !== 'write-only'
}

/** Whether it had to be there, or, for what concerns the head alone, has to be. */
function isRequired(use: SchemaUse, { aspect, guards }: SchemaFact): boolean {
  const required = guards.atRoot ? use.required : guards.required
  return aspect === 'read-only' || aspect === 'default' ? required.head : required.base
}

/** An alternative more would narrow, or one less would widen, only where alternatives overlap. */
function isOverlapping({ base, head, effect }: SchemaFact): boolean {
  return (head === null && effect === 'widens') || (base === null && effect === 'narrows')
}
