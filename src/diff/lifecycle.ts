/** What happened to the life span of an operation, a parameter or a property: deprecation, sunset and stability level. */
import type { JsonObject } from '../openapi/types.ts'
import { field, flagField } from '../openapi/values.ts'
import { calendarDay, daysBetween } from './dates.ts'
import type { Guard } from './effect.ts'
import type { Settings } from './options.ts'
import { sameJson } from './same-json.ts'
import { shown } from './words.ts'

/** What follows the object in a rule's id: `operation-` + `sunset-removed`. */
export interface LifecycleChange {
  readonly fact: string
  readonly key: 'deprecated' | 'x-sunset' | 'x-stability-level'
  readonly from: string
  readonly to: string
  readonly reason: string
}

/** From the least to the most that is promised. */
const levels = ['draft', 'alpha', 'beta', 'stable']

/** Everything that happened to the life span. `level` is that of the operation, for the days its policy asks for. */
export function lifecycleChanges(base: JsonObject, head: JsonObject, { settings, level }: Terms): readonly LifecycleChange[] {
  const days = settings.sunsetDays[level] ?? 0
  return [...deprecation(base, head, { days, today: settings.today }), ...stability(base, head)]
}

interface Terms {
  readonly settings: Settings
  readonly level: string
}

/** The stability level of an operation; one that states none is stable. */
export function stabilityLevel(value: JsonObject): string {
  const level = field(value, 'x-stability-level')
  return typeof level === 'string' && levels.includes(level) ? level : 'stable'
}

/** What softens the removal of something: a sunset that has passed. */
export function removalGuards(value: unknown, today: string): readonly Guard[] {
  const sunset = calendarDay(field(value, 'x-sunset'))
  return flagField(value, 'deprecated') && sunset !== null && today !== '' && sunset <= today ? ['sanctioned'] : []
}

function deprecation(base: JsonObject, head: JsonObject, { days, today }: Pick<Sunset, 'days' | 'today'>): readonly LifecycleChange[] {
  const was = flagField(base, 'deprecated')
  if (!flagField(head, 'deprecated')) return was ? [change('reactivated', 'deprecated')] : []
  const sunset: Sunset = { base: was ? field(base, 'x-sunset') : undefined, head: field(head, 'x-sunset'), days, today }
  return was ? changedSunset(sunset) : [announced(sunset), ...invalidSunset(sunset), ...soonSunset(sunset)]
}

interface Sunset {
  readonly base: unknown
  readonly head: unknown
  readonly days: number
  readonly today: string
}

function announced({ head, days }: Sunset): LifecycleChange {
  if (head === undefined) return days > 0 ? change('sunset-missing', 'deprecated') : change('deprecated', 'deprecated')
  return { ...change('deprecated', 'deprecated'), reason: `, until ${shown(head)}` }
}

function changedSunset(sunset: Sunset): readonly LifecycleChange[] {
  const words = { from: shown(sunset.base), to: shown(sunset.head) }
  if (sameJson(sunset.base, sunset.head)) return []
  if (sunset.head === undefined) return [{ ...change('sunset-removed', 'x-sunset'), ...words }]
  const problem = [...invalidSunset(sunset), ...soonSunset(sunset)]
  return problem.length > 0 ? problem : [{ ...change('sunset-changed', 'x-sunset'), ...words }]
}

function invalidSunset({ head }: Sunset): readonly LifecycleChange[] {
  return head !== undefined && calendarDay(head) === null ? [{ ...change('sunset-invalid', 'x-sunset'), to: shown(head) }] : []
}

function soonSunset({ base, head, days, today }: Sunset): readonly LifecycleChange[] {
  const [before, after] = [calendarDay(base), calendarDay(head)]
  if (after === null) return []
  const left = today === '' ? null : daysBetween(today, after)
  if (days > 0 && left !== null && left < days) return [soon(head, `${String(left)} days are left and the policy asks for ${String(days)}`)]
  return before !== null && after < before ? [soon(head, `it was ${shown(base)} before`)] : []
}

function soon(head: unknown, reason: string): LifecycleChange {
  return { ...change('sunset-too-soon', 'x-sunset'), to: shown(head), reason }
}

function stability(base: JsonObject, head: JsonObject): readonly LifecycleChange[] {
  const [before, after] = [field(base, 'x-stability-level'), field(head, 'x-stability-level')]
  if (sameJson(before, after)) return []
  const invalid = [after, before].find((level) => level !== undefined && !(typeof level === 'string' && levels.includes(level)))
  if (invalid !== undefined)
    return [{ ...change('stability-invalid', 'x-stability-level'), from: shown(before ?? 'stable'), to: shown(invalid) }]
  const step = levels.indexOf(stabilityLevel(head)) - levels.indexOf(stabilityLevel(base))
  if (step === 0) return []
  return [
    {
      ...change(step < 0 ? 'stability-lowered' : 'stability-raised', 'x-stability-level'),
      from: shown(before ?? 'stable'),
      to: shown(after ?? 'stable'),
    },
  ]
}

function change(fact: string, key: LifecycleChange['key']): LifecycleChange {
  return { fact, key, from: '', to: '', reason: '' }
}
