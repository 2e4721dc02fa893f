/** Every rule of the differ, with what the law makes of it: what pages, lists and messages are generated from. */
import type { ChangeClass } from '../model/change.ts'
import { classOf } from './law.ts'
import { mediaTypeRules, requestBodyRules } from './rules/body.ts'
import { documentRules } from './rules/document.ts'
import { eventRules } from './rules/events.ts'
import { operationRules } from './rules/operation.ts'
import { parameterRules } from './rules/parameter.ts'
import { headerRules, responseRules } from './rules/response.ts'
import type { Rule } from './rules/rule.ts'
import { keywordRules } from './rules/schema-keywords.ts'
import { sharedSchemaRules } from './rules/schema-shared.ts'
import { schemaRules } from './rules/schema.ts'
import { securityRules } from './rules/security.ts'
import { serverRules } from './rules/server.ts'

export type { Rule } from './rules/rule.ts'

/** In reading order: the API, its operations, what they take, what they return, their schemas, who may call. */
export const catalogue: readonly Rule[] = [
  ...documentRules,
  ...operationRules,
  ...serverRules,
  ...parameterRules,
  ...requestBodyRules,
  ...mediaTypeRules,
  ...responseRules,
  ...headerRules,
  ...eventRules,
  ...schemaRules,
  ...sharedSchemaRules,
  ...keywordRules,
  ...securityRules,
]

const byId = new Map(catalogue.map((rule) => [rule.id, rule]))

/** The rule of that id. Throws for an id that no table has: a mistake of ours, found by the catalogue's test. */
export function ruleOf(id: string): Rule {
  const rule = byId.get(id)
  if (rule === undefined) throw new Error(`No rule is called ${id}.`)
  return rule
}

/** The class a rule usually has: what the law, with its deviations, makes of the row's own effect, writer and guards under default options. */
export function usualClass(rule: Rule): ChangeClass {
  return classOf({ rule: rule.id, effect: rule.effect, writer: rule.writer, guards: [...rule.guards, 'tolerated'] })
}
