/** The condition of a rule as it is written: which findings (matchers), how many, in which pull requests. */
import { z } from 'zod'
import { glob, oneOrMany, operation, principal, sentence } from './written-words.ts'
import {
  classConditionWords,
  classOfWord,
  directions,
  isClassWord,
  securityEffects,
  sensitivities,
  severities,
  stabilities,
  visibilities,
  type ClassCondition,
} from './words.ts'

const classCondition = z.enum(classConditionWords).transform((word): ClassCondition => {
  return isClassWord(word) ? classOfWord(word) : word
})

const placeKeys = {
  api: oneOrMany(glob).meta({ description: 'Id of an API, or a pattern for ids.' }),
  files: oneOrMany(glob).meta({ description: 'Repository path of the file that holds the element.' }),
  file: oneOrMany(glob).meta({ description: 'The same as `files`.' }),
  path: oneOrMany(glob).meta({ description: 'Path template of an affected operation, e.g. `/v*/refunds/**`.' }),
  operation: oneOrMany(operation),
  tag: oneOrMany(glob).meta({ description: 'Tag of an affected operation.' }),
  component: oneOrMany(glob).meta({ description: 'Shared component, `schemas/Card` or `Card`.' }),
}

const somewhere = 'Name at least one of `api`, `files`, `path`, `operation`, `tag`, `component` and `owner`.'

/** Where owners are decided, the owner cannot be asked for. */
export const whereWithoutOwner = z
  .strictObject(partial(placeKeys))
  .refine(isNotEmpty, { message: 'Name at least one of `api`, `files`, `path`, `operation`, `tag` and `component`.' })
  .meta({ id: 'place' })

const where = z
  .strictObject({ ...partial(placeKeys), owner: oneOrMany(principal).optional() })
  .refine(isNotEmpty, { message: somewhere })
  .meta({ id: 'where' })

const findingKeys = {
  class: oneOrMany(classCondition).optional(),
  security: oneOrMany(z.enum(securityEffects)).optional(),
  rule: oneOrMany(glob).optional().meta({ description: 'Id of a rule or a pattern: `response-property-removed`, `response-*`, `lint/*`.' }),
  severity: oneOrMany(z.enum(severities)).optional(),
  at_least: z.enum(severities).optional(),
  sensitivity: oneOrMany(z.enum(sensitivities)).optional(),
  stability: oneOrMany(z.enum(stabilities)).optional(),
  visibility: oneOrMany(z.enum(visibilities)).optional(),
  direction: oneOrMany(z.enum(directions)).optional(),
  ...partial(placeKeys),
  owner: oneOrMany(principal).optional(),
  where: where.optional(),
  new: z
    .boolean()
    .optional()
    .meta({ description: 'false: findings that the base already has. Without it only what the pull request introduces.' }),
}

const emptyMatcher = 'A matcher names at least one fact of a finding.'

const plainMatcher = z.strictObject(findingKeys).refine(isNotEmpty, { message: emptyMatcher }).meta({ id: 'plain-matcher' })

/** All keys of a matcher hold; of a list, one does; what `not` describes does not. */
export const matcher = z
  .strictObject({ ...findingKeys, not: plainMatcher.optional() })
  .refine(isNotEmpty, { message: emptyMatcher })
  .meta({ id: 'matcher' })

const pullRequestCondition = z
  .strictObject({
    author: oneOrMany(principal).optional(),
    bot: z.boolean().optional(),
    fork: z.boolean().optional(),
    base: oneOrMany(glob).optional().meta({ description: 'The branch that it goes to.' }),
    label: oneOrMany(sentence).optional().meta({ description: 'One of these labels is set. Labels can switch a rule on, never off.' }),
    draft: z.boolean().optional(),
  })
  .refine(isNotEmpty, { message: 'Name at least one fact of the pull request.' })

export const when = z
  .strictObject({
    ...findingKeys,
    not: plainMatcher.optional(),
    any: oneOrMany(matcher).optional().meta({ description: 'Selects the findings that one of these matches.' }),
    all: oneOrMany(matcher).optional().meta({ description: 'Holds when every finding is matched by one of these; selects them all.' }),
    none: oneOrMany(matcher).optional().meta({ description: 'Holds when no finding is matched by any of these.' }),
    count: z
      .string()
      .regex(/^(>=?)\s*\d{1,5}$/, 'A count is written `> 20` or `>= 20`.')
      .optional()
      .meta({ description: 'How many findings are selected: `>= 20`.' }),
    pr: pullRequestCondition.optional(),
    policy_changed: z
      .boolean()
      .optional()
      .meta({ description: 'The pull request touches the policy, waivers, CODEOWNERS, the catalog or a ruleset.' }),
  })
  .refine(isNotEmpty, { message: 'A condition cannot be empty: say which findings or pull requests the rule is about.' })
  .meta({ id: 'condition' })

export type Where = z.output<typeof where>
export type Matcher = z.output<typeof matcher>
export type When = z.output<typeof when>
export type PullRequestCondition = z.output<typeof pullRequestCondition>

function isNotEmpty(value: object): boolean {
  return Object.values(value).some((one) => one !== undefined)
}

type Optional<T extends Record<string, z.ZodType>> = { [Key in keyof T]: z.ZodOptional<T[Key]> }

function partial<T extends Record<string, z.ZodType>>(shape: T): Optional<T> {
  return z.object(shape).partial().shape
}
