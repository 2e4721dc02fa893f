/** What a rule asks for, and the other things a policy may declare one by one: waivers, freezes, evidence. */
import { z } from 'zod'
import { readInstant } from './instants.ts'
import { matcher, when, whereWithoutOwner } from './written-conditions.ts'
import { date, duration, glob, identifier, instant, namedPrincipal, oneOrMany, operation, principal, sentence } from './written-words.ts'
import { classOfWord, classWords, exclusions, modes, severities } from './words.ts'

const approval = z.strictObject({
  from: oneOrMany(principal, 20),
  count: z.int().min(1).max(10).optional().meta({ description: 'How many of them must approve; 1 unless said.' }),
  each_owner: z.boolean().optional().meta({ description: 'Every owner named for a finding must approve, not one of them.' }),
})

const approvals = oneOrMany(approval, 10)

/** An empty list is written on purpose: nobody is excluded by this rule. */
export const exclude = z
  .union([z.enum(exclusions), z.array(z.enum(exclusions)).max(exclusions.length)])
  .transform((value) => (typeof value === 'string' ? [value] : value))
  .meta({ description: 'Whose approval does not count. Unless said: author, contributors, bots.' })

const require = z
  .strictObject({
    approvals: approvals.optional(),
    any_of: z.array(z.strictObject({ approvals })).min(2).max(5).optional().meta({ description: 'One of these is enough.' }),
    distinct: z.boolean().optional().meta({ description: 'One person counts for one of the approvals only.' }),
    exclude: exclude.optional(),
    evidence: oneOrMany(identifier, 20).optional().meta({ description: 'Ids of `evidence` that must have succeeded.' }),
  })
  .refine((value) => value.approvals !== undefined || value.any_of !== undefined || value.evidence !== undefined, {
    message: 'Say what is required: `approvals`, `any_of` or `evidence`.',
  })
  .meta({ id: 'requirement' })

export const rule = z
  .strictObject({
    name: z.string().min(3).max(120),
    why: z.string().max(500).optional().meta({ description: 'Shown to people beside the rule.' }),
    link: z
      .string()
      .max(512)
      .regex(/^https:\/\/\S+$/, 'A link begins with `https://`.')
      .optional(),
    when,
    require: require.optional(),
    deny: z.literal(true).optional().meta({ description: 'What the condition selects is forbidden; only a waiver lifts it.' }),
    mode: z.enum(modes).optional(),
    report: z.enum(['comment', 'annotation', 'summary', 'none']).optional(),
    waivable: z.boolean().optional().meta({ description: 'false: no waiver lifts this rule.' }),
  })
  .superRefine((value, context) => {
    if (value.require !== undefined && value.deny === true)
      context.addIssue({ code: 'custom', message: 'A rule either requires or denies; split it into two rules.', path: ['deny'] })
    if (value.require === undefined && value.deny === undefined && value.report === undefined)
      context.addIssue({ code: 'custom', message: 'A rule asks for something: add `require`, `deny: true` or `report`.' })
  })
  .meta({ id: 'rule' })

const waiverMatch = z
  .strictObject({
    api: identifierPath(),
    rule: sentence,
    operation: operation.optional(),
    component: sentence.optional(),
  })
  .refine((value) => value.operation !== undefined || value.component !== undefined, {
    message: 'A waiver is for one element: add `operation` or `component`.',
  })

export const waiver = z
  .strictObject({
    id: identifier,
    fingerprint: z
      .string()
      .regex(/^[A-Za-z0-9:._-]{6,128}$/, 'A fingerprint is copied from the finding, letters and digits.')
      .optional()
      .meta({ description: 'The one finding that is waived.' }),
    digest: z
      .string()
      .regex(/^[A-Za-z0-9:._-]{6,128}$/, 'A digest is copied from the finding, letters and digits.')
      .optional()
      .meta({ description: 'Binds the waiver to the content as it was; when the content changes, the waiver ends.' }),
    match: waiverMatch.optional(),
    kind: z.enum(['agreed', 'correction', 'not-an-issue', 'retire']).optional(),
    reason: z.string().min(20, 'A reason has at least 20 characters: somebody will read it in a year.').max(1000),
    ticket: sentence.optional(),
    granted_by: namedPrincipal,
    granted: date.optional(),
    expires: date,
  })
  .refine((value) => (value.fingerprint === undefined) !== (value.match === undefined), {
    message: 'A waiver names either a `fingerprint` or a `match`.',
  })
  .meta({ id: 'waiver' })

export const freeze = z
  .strictObject({
    name: z.string().min(3).max(120),
    why: z.string().max(500).optional(),
    from: instant,
    to: instant,
    where: whereWithoutOwner.optional(),
    except: require.optional().meta({ description: 'Who may let a change pass nevertheless.' }),
  })
  .refine((value) => (readInstant(value.from) ?? 0) < (readInstant(value.to) ?? 1), {
    message: 'A freeze ends after it begins.',
    path: ['to'],
  })

export const evidence = z.strictObject({
  id: identifier,
  check: sentence.meta({ description: 'Name of the check run.' }),
  app: sentence.meta({ description: 'Slug of the app that must have reported it, e.g. `github-actions`.' }),
  max_age: duration.optional(),
})

export const classification = z
  .strictObject({
    match: matcher,
    severity: z.enum(['off', ...severities]).optional(),
    class: z.enum(classWords).transform(classOfWord).optional(),
    why: sentence,
  })
  .refine((value) => value.severity !== undefined || value.class !== undefined, { message: 'Say what changes: `severity` or `class`.' })
  .meta({ id: 'classification' })

export const rollout = z.strictObject({
  repos: oneOrMany(glob).meta({ description: '`owner/name`, or patterns.' }),
  mode: z.enum(modes),
  until: date.optional().meta({ description: 'The last day of this entry, UTC.' }),
})

/** An API's id may carry the name of the file that a pattern found: `partner-hooks/acme`. */
function identifierPath() {
  return z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,126}$/, 'An API is named by its id.')
}

export type Approval = z.output<typeof approval>
export type Require = z.output<typeof require>
export type Rule = z.output<typeof rule>
export type Waiver = z.output<typeof waiver>
export type Freeze = z.output<typeof freeze>
export type Evidence = z.output<typeof evidence>
export type Classification = z.output<typeof classification>
export type Exclusion = (typeof exclusions)[number]
