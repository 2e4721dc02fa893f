/** Rules about the keywords of a schema: one row a keyword, from which both directions and the possible effects are spelled out. */
import type { Direction } from '../../model/change.ts'
import type { SchemaAspect } from '../schema/types.ts'
import { rules } from './rule.ts'
import type { Rule, RuleRow } from './rule.ts'

/** How a keyword can change; the effect of the same name. */
export type KeywordAction = 'narrowed' | 'widened' | 'changed'

type Row = readonly [aspect: SchemaAspect, keyword: string, narrow: string, wide: string, crosses?: 'crosses']

/** Example values: the narrower, then the wider. `crosses`: a change may also be neither of the two, or undecided. */
const keywords: readonly Row[] = [
  ['type', '`type`', '`integer`', '`number`', 'crosses'],
  ['enum', '`enum`', '`open, paid`', 'nothing', 'crosses'],
  ['const', '`const`', '`open`', 'nothing', 'crosses'],
  ['format', '`format`', '`uuid`', 'nothing', 'crosses'],
  ['pattern', '`pattern`', '`^[a-z]+$`', '`^[a-z0-9]+$`', 'crosses'],
  ['min-length', '`minLength`', '`3`', '`1`'],
  ['max-length', '`maxLength`', '`20`', '`40`'],
  ['minimum', '`minimum`', '`1`', '`0`'],
  ['maximum', '`maximum`', '`50`', '`100`'],
  ['multiple-of', '`multipleOf`', '`10`', '`5`', 'crosses'],
  ['min-items', '`minItems`', '`1`', '`0`'],
  ['max-items', '`maxItems`', '`10`', '`20`'],
  ['unique-items', '`uniqueItems`', '`true`', '`false`'],
  ['min-properties', '`minProperties`', '`1`', '`0`'],
  ['max-properties', '`maxProperties`', '`10`', '`20`'],
  ['items', '`items`', 'a schema', 'nothing'],
  ['prefix-items', '`prefixItems`', 'a schema', 'nothing', 'crosses'],
  ['contains', '`contains`', 'a schema', 'nothing', 'crosses'],
  ['min-contains', '`minContains`', '`2`', '`1`'],
  ['max-contains', '`maxContains`', '`2`', '`3`'],
  ['unevaluated-items', '`unevaluatedItems`', '`false`', 'nothing'],
  ['additional-properties', '`additionalProperties`', '`false`', 'nothing'],
  ['pattern-properties', '`patternProperties`', 'a schema', 'nothing'],
  ['property-names', '`propertyNames`', 'a schema', 'nothing', 'crosses'],
  ['dependent-required', '`dependentRequired`', '`card` needs `cvc`', 'nothing', 'crosses'],
  ['dependent-schemas', '`dependentSchemas`', 'a schema', 'nothing'],
  ['unevaluated-properties', '`unevaluatedProperties`', '`false`', 'nothing'],
  ['one-of', '`oneOf`', 'two alternatives', 'three alternatives', 'crosses'],
  ['any-of', '`anyOf`', 'two alternatives', 'three alternatives', 'crosses'],
  ['not', '`not`', 'a wider schema', 'a narrower schema', 'crosses'],
  ['if-then-else', '`if`/`then`/`else`', 'a condition', 'nothing', 'crosses'],
  ['content-encoding', '`contentEncoding`', '`base64`', 'nothing', 'crosses'],
  ['content-media-type', '`contentMediaType`', '`application/json`', 'nothing', 'crosses'],
  ['content-schema', '`contentSchema`', 'a schema', 'nothing', 'crosses'],
  ['schema', 'the schema', 'a schema', 'nothing'],
]

const crossing = new Set(keywords.filter((row) => row[4] === 'crosses').map(([aspect]) => aspect))
const known = new Set(keywords.map(([aspect]) => aspect))

/** The part of the rule id for a keyword that changed in this way, without its direction; null for aspects that have rules of their own. */
export function keywordRule(aspect: SchemaAspect, action: KeywordAction): string | null {
  if (!known.has(aspect)) return null
  return action === 'changed' && !crossing.has(aspect) ? 'schema-undecided' : `${aspect}-${action}`
}

function spelledOut(row: Row, direction: 'request' | 'response'): readonly Rule[] {
  const writer = direction === 'request' ? 'client' : 'server'
  const actions: readonly KeywordAction[] = row[4] === 'crosses' ? ['narrowed', 'widened', 'changed'] : ['narrowed', 'widened']
  return rules(
    { object: 'schema', direction, writer, aspect: row[0] },
    actions.map((action) => ruleRow(row, direction, action)),
  )
}

const effects = { narrowed: 'narrows', widened: 'widens', changed: 'incomparable' } as const
const verbs: Record<KeywordAction, string> = { narrowed: 'was narrowed', widened: 'was widened', changed: 'changed' }

function ruleRow([aspect, keyword, narrow, wide]: Row, direction: Direction, action: KeywordAction): RuleRow {
  const [from, to] = action === 'narrowed' ? [wide, narrow] : [narrow, action === 'widened' ? wide : `another ${keyword}`]
  return {
    id: `${direction}-${aspect}-${action}`,
    title: `${capital(keyword)} ${verbs[action]} in a ${direction}`,
    action,
    effect: effects[action],
    message: `In {where}, ${keyword} of {element} ${verbs[action]}{change}{reason}.`,
    ...consequences[direction === 'request' ? 'request' : 'response'][action],
    example: { change: exampleChange(from, to) },
  }
}

function exampleChange(from: string, to: string): string {
  if (from === 'nothing') return `: it was not set and is now ${to}`
  return to === 'nothing' ? `: it was ${from} and is no longer set` : ` from ${from} to ${to}`
}

function capital(text: string): string {
  return text.startsWith('the ') ? `T${text.slice(1)}` : text
}

const consequences: Record<'request' | 'response', Record<KeywordAction, { readonly why: string; readonly fix: string }>> = {
  request: {
    narrowed: {
      why: 'Values that clients send today are refused.',
      fix: 'Keep taking the old values; add a new property or parameter for the stricter form.',
    },
    widened: { why: 'Whatever clients send today is still taken.', fix: '' },
    changed: {
      why: 'Some values that clients send today are refused, or it cannot be shown that they are not.',
      fix: 'Take both forms, or add a new property or parameter for the new one.',
    },
  },
  response: {
    narrowed: { why: 'Whatever comes now was possible before.', fix: '' },
    widened: {
      why: 'Values may come that clients were told not to expect.',
      fix: 'Return the new values in a new property, and keep the old one as it is.',
    },
    changed: {
      why: 'Values may come that clients were told not to expect, or it cannot be shown that they do not.',
      fix: 'Return the new form in a new property, and keep the old one as it is.',
    },
  },
}

/** All rules about keywords. */
export const keywordRules: readonly Rule[] = keywords.flatMap((row) => [...spelledOut(row, 'request'), ...spelledOut(row, 'response')])
