/** The whole policy file as it is written, organisation's and repository's alike. Absent keys stay absent: they are no opinion, not a default. */
import { z } from 'zod'
import { whereWithoutOwner } from './written-conditions.ts'
import { classification, evidence, exclude, freeze, rollout, rule, waiver } from './written-rules.ts'
import { duration, glob, identifier, namedPrincipal, oneOrMany, sentence } from './written-words.ts'
import { enumReadings, freshness, governedKeys, modes, sensitivities, stabilities, visibilities } from './words.ts'

/** The only place where waivers are read, besides the policy itself. */
export const waiversFile = '.github/specgate-waivers.yml'
/** Most rules in one file; also the limit for which the speed of a decision is measured. */
const mostRules = 200

const mode = z.enum(modes).meta({ description: '`off`, `advise` (shows what would happen) or `enforce` (blocks).' })
const owners = oneOrMany(namedPrincipal, 20)

const prefix = z
  .string()
  .max(128)
  .regex(/^\/\S*[^/\s]$/, 'A prefix begins with `/` and does not end with it.')

const pathPrefix = z.strictObject({ strip: prefix.optional(), add: prefix.optional() })

const api = z
  .strictObject({
    id: identifier.optional(),
    root: oneOrMany(glob).optional().meta({ description: 'The root document, or patterns; several files get ids `<id>/<name>`.' }),
    discover: z.boolean().optional().meta({ description: 'Every other file with a top-level `openapi:` or `swagger:` is an API too.' }),
    ignore: oneOrMany(glob).optional(),
    owners: owners.optional(),
    product_owner: namedPrincipal.optional(),
    stability: z.enum(stabilities).optional(),
    visibility: z.enum(visibilities).optional(),
    mode: mode.optional(),
    compare_with: z
      .string()
      .regex(/^(?:base|tag:\S+)$/, 'Compare with `base` or with `tag:<pattern>`.')
      .optional(),
    backstage: z
      .string()
      .min(1)
      .max(256)
      .optional()
      .meta({ description: 'Name of its entity in the catalog, e.g. `api:default/payments`.' }),
    enums: z
      .enum(enumReadings)
      .optional()
      .meta({ description: 'How clients read lists of values in responses: `open`, `tolerant` (the usual) or `closed`.' }),
    generated_clients: z.boolean().optional().meta({ description: 'Clients are generated from the description, so names in it count.' }),
    prefixes: z
      .strictObject({ base: pathPrefix.optional(), head: pathPrefix.optional() })
      .optional()
      .meta({ description: 'Path prefixes to take off or put before paths before they are compared.' }),
  })
  .refine((value) => (value.id !== undefined && value.root !== undefined) || value.discover === true, {
    message: 'An API has an `id` and a `root`, or is `discover: true`.',
  })

const ownerRule = z
  .strictObject({ where: whereWithoutOwner, owners: owners.optional(), also: owners.optional() })
  .refine((value) => value.owners !== undefined || value.also !== undefined, {
    message: 'Say who owns it: `owners`, or `also` for one more group.',
  })

const ownership = z.strictObject({
  use: z
    .array(z.enum(['x-owner', 'backstage', 'codeowners']))
    .max(3)
    .optional()
    .meta({ description: 'Where owners are looked up, in this order.' }),
  default: owners.optional(),
  rules: z.array(ownerRule).max(500).optional().meta({ description: 'The last match wins; `also` adds a group that must agree too.' }),
})

const sunsetByStability = z.strictObject({
  draft: duration.optional(),
  alpha: duration.optional(),
  beta: duration.optional(),
  stable: duration.optional(),
  deprecated: duration.optional(),
})

const versioning = z.strictObject({
  semver: z.boolean().optional(),
  breaking_needs: z.enum(['major', 'new-path-version', 'any-bump']).optional(),
  sunset_min: sunsetByStability.optional(),
})

const sensitive = z.strictObject({
  add: z
    .array(z.strictObject({ name: z.string().min(1).max(128), category: z.enum(sensitivities) }))
    .max(200)
    .optional(),
  allow: z
    .array(z.strictObject({ where: whereWithoutOwner, property: z.string().min(1).max(128), why: sentence }))
    .max(200)
    .optional(),
})

const approvalDefaults = z.strictObject({
  by: z
    .array(z.enum(['review', 'command']))
    .min(1)
    .max(2)
    .refine((ways) => ways.includes('review'), { message: 'Approvals are given by `review`; comment commands alone are not supported.' })
    .optional()
    .meta({ description: '`[review]` alone: `/specgate approve` in a comment does not count.' }),
  fresh: z
    .enum(freshness)
    .optional()
    .meta({ description: 'When an approval ends: with a change of what was approved, with any push, or never.' }),
  exclude: exclude.optional(),
  request_reviewers: z.enum(['teams', 'users', 'none']).optional(),
  changes_requested: z.enum(['veto', 'ignore']).optional(),
})

const waiverList = z.array(waiver).max(500)

const waivers = z.strictObject({
  grantors: owners.optional().meta({ description: 'Who may grant waivers; the policy owners unless said.' }),
  max_age: duration.optional(),
  file: z
    .string()
    .refine((path) => path === waiversFile, { message: `Waivers are read from \`${waiversFile}\`; another file is not supported.` })
    .optional(),
  list: waiverList.optional(),
})

const review = z.strictObject({
  comments: z.enum(['changed-lines', 'all', 'none']).optional(),
  max_comments: z.int().min(0).max(50).optional(),
  summary: z.enum(['always', 'on-findings']).optional(),
  labels: z.boolean().optional().meta({ description: 'Label pull requests that break clients or weaken security.' }),
  sarif: z.boolean().optional().meta({ description: 'Send the findings to code scanning; needs the permission `security_events: write`.' }),
})

const organisation = z.strictObject({
  floor: z
    .strictObject({
      mode: mode.optional(),
      rules: z.array(rule).max(mostRules).optional(),
      classify: z.array(classification).max(200).optional(),
    })
    .optional()
    .meta({ description: 'Nothing below it can be weakened by a repository.' }),
  rollout: z
    .array(rollout)
    .max(20)
    .optional()
    .meta({ description: 'The first entry that names the repository and has not ended sets the mode of the floor.' }),
  allow_repo: z.array(z.enum(governedKeys)).optional().meta({ description: 'Which of these a repository may set; all, unless said.' }),
})

const shared = {
  version: z.literal(1),
  extends: z
    .string()
    .regex(
      /^(?:org|none|[A-Za-z0-9-]+\/[A-Za-z0-9._-]+:[^@\s]+@[0-9a-f]{40})$/,
      'Extend `org`, `none`, or `owner/repository:path@<commit>` with all 40 digits of the commit: a branch could change without review.',
    )
    .optional(),
  mode: mode.optional(),
  policy_owners: owners.optional().meta({ description: 'Who approves changes of this file; `role:admin` unless said.' }),
  apis: z.array(api).max(500).optional(),
  owners: ownership.optional(),
  classify: z.array(classification).max(200).optional(),
  versioning: versioning.optional(),
  sensitive: sensitive.optional(),
  rulesets: z.array(sentence).max(20).optional(),
  rules: z.array(rule).max(mostRules).optional(),
  approvals: approvalDefaults.optional(),
  freeze: z.array(freeze).max(50).optional(),
  evidence: z.array(evidence).max(20).optional(),
  break_glass: z
    .strictObject({ by: owners })
    .optional()
    .meta({ description: 'Who may set the rules aside for one commit, by `/specgate break-glass "why"`. Nobody unless said.' }),
  review: review.optional(),
}

export const policy = z
  .strictObject({ ...shared, waivers: waivers.optional(), org: organisation.optional() })
  .meta({ title: 'Specgate policy, version 1' })

/** `.github/specgate-waivers.yml`: the same key as in a policy; the list may stand directly below it. */
export const waiversDocument = z.strictObject({
  version: z.literal(1),
  waivers: z
    .union([waiverList, z.strictObject({ list: waiverList.optional() })])
    .transform((value) => ('length' in value ? value : (value.list ?? []))),
})

export type Policy = z.output<typeof policy>
export type ApiEntry = NonNullable<Policy['apis']>[number]
export type OwnerRule = z.output<typeof ownerRule>
export type ApprovalDefaults = z.output<typeof approvalDefaults>
