/** The smallest parts of a written policy: words, names, patterns, dates. Their messages are what a person reads beside the line. */
import { z } from 'zod'
import { globProblem } from './globs.ts'
import { readDuration, readEndOfDay, readInstant } from './instants.ts'
import { principalFormat } from './principals.ts'

/** One value or a list of them; always a list afterwards. */
export function oneOrMany<Item extends z.ZodType>(item: Item, most = 100) {
  return z.union([item, z.array(item).min(1).max(most)]).transform((value) => listOf(value))
}

function listOf<T>(value: T | readonly T[]): readonly T[] {
  return isList(value) ? value : [value]
}

function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value)
}

export const sentence = z.string().min(1).max(512)

export const identifier = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,62}$/, 'An id has 1 to 63 small letters, digits, `.`, `_` or `-`, and begins with a letter or digit.')

export const glob = z
  .string()
  .min(1)
  .max(256)
  .superRefine((pattern, context) => {
    const problem = globProblem(pattern)
    if (problem !== null) context.addIssue({ code: 'custom', message: problem })
  })
  .meta({
    id: 'pattern',
    description:
      'Pattern for the whole text: `*` within a segment, `**` across segments, `?`, `{a,b}`; `!` excludes; at most 12 wildcards.',
  })

export const principal = z
  .string()
  .regex(
    principalFormat,
    'A name is `@user`, `@organisation/team`, `role:admin`, `role:maintain`, `role:write`, `owners`, `product-owner` or `anyone`.',
  )
  .meta({
    id: 'principal',
    description: '`@user`, `@organisation/team`, `role:admin|maintain|write`, `owners`, `product-owner` or `anyone`.',
  })

/** People and teams that do not depend on a finding. */
export const namedPrincipal = z
  .string()
  .regex(principalFormat, 'A name is `@user`, `@organisation/team` or `role:admin|maintain|write`.')
  .refine((text) => text.startsWith('@') || text.startsWith('role:'), {
    message: 'Here only `@user`, `@organisation/team` or `role:admin|maintain|write` can stand.',
  })
  .meta({ id: 'person-team-role', description: '`@user`, `@organisation/team` or `role:admin|maintain|write`.' })

export const date = z
  .string()
  .refine((text) => readEndOfDay(text) !== null, { message: 'A date is written `2027-01-31`.' })
  .meta({ description: 'A date, UTC: 2027-01-31', pattern: '^\\d{4}-\\d{2}-\\d{2}$' })

export const instant = z
  .string()
  .refine((text) => readInstant(text) !== null, {
    message: 'A time is written `2026-12-18T18:00:00+01:00` (a date alone is its first moment, UTC).',
  })
  .meta({ description: 'A date or a time with offset: 2026-12-18T18:00:00+01:00' })

export const duration = z
  .string()
  .refine((text) => readDuration(text) !== null, { message: 'A duration is a number and a unit, `12h`, `90d` or `26w`.' })
  .meta({ description: 'Hours, days or weeks: 12h, 90d, 26w', pattern: '^[1-9]\\d{0,3}[hdw]$' })

/** `GET /orders/{id}`; the method may be `*`, the path a pattern. */
export const operation = z
  .string()
  .regex(/^(?:\*|[A-Za-z]{3,7}) \S{1,240}$/, 'An operation is written `GET /orders/{id}` (or `* /orders/**` for every method).')
  .superRefine((text, context) => {
    const problem = globProblem(text.slice(text.indexOf(' ') + 1))
    if (problem !== null) context.addIssue({ code: 'custom', message: problem })
  })
  .meta({ id: 'operation', description: '`GET /orders/{id}`, or `* /orders/**` for every method' })
