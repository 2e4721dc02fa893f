/** Values that came to or went from one list: to the engine each is a fact, to a reader they are one sentence. */
import type { SchemaFact } from '../schema/types.ts'

export interface Joined {
  readonly first: SchemaFact
  readonly values: readonly unknown[]
  /** The list is open, and only the spelling of its values changed: it documents, and admits what it does not name. */
  readonly isRespelled: boolean
}

/** Facts of one kind about one list joined, all others on their own, in the order given. A key that came or went with its alternative is told with it. */
export function joinedValues(all: readonly SchemaFact[]): readonly Joined[] {
  const facts = withoutRepeatedKeys(all)
  const groups = Map.groupBy(facts, (found) => (isValueList(found) ? `${found.aspect} ${listPlace(found)}` : found))
  const respelled = respelledLists(facts)
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    return [
      {
        first,
        values: group.map(({ baseValue, headValue }) => headValue ?? baseValue),
        isRespelled: isValueList(first) && respelled.has(listPlace(first)),
      },
    ]
  })
}

function withoutRepeatedKeys(facts: readonly SchemaFact[]): readonly SchemaFact[] {
  const alternatives = new Set(
    facts.filter(({ aspect }) => aspect === 'one-of' || aspect === 'any-of').map((found) => memberKey(found, found.subject)),
  )
  if (alternatives.size === 0) return facts
  return facts.filter(
    (found) =>
      !found.aspect.startsWith('discriminator-key-') || !alternatives.has(memberKey(found, String(found.headValue ?? found.baseValue))),
  )
}

/** Which side, which schema, which alternative. */
function memberKey({ base, head }: SchemaFact, name: string): string {
  const pointer = (head ?? base)?.pointer ?? ''
  return [head === null ? 'lost' : 'gained', pointer.replace(/\/(?:oneOf|anyOf|discriminator)\/.*$/, ''), name].join(' ')
}

/** True for facts about single values of a list. */
export function isValueList({ aspect }: SchemaFact): boolean {
  return aspect === 'enum-value-added' || aspect === 'enum-value-removed'
}

function respelledLists(facts: readonly SchemaFact[]): ReadonlySet<string> {
  const open = Map.groupBy(
    facts.filter((found) => isValueList(found) && found.guards.openEnum),
    listPlace,
  )
  return new Set([...open].filter(([, group]) => isRespelled(group)).map(([place]) => place))
}

function isRespelled(group: readonly SchemaFact[]): boolean {
  const spelt = (aspect: SchemaFact['aspect']): string =>
    group
      .filter((found) => found.aspect === aspect)
      .map(({ baseValue, headValue }) =>
        String(headValue ?? baseValue)
          .toLowerCase()
          .replaceAll(/[\s_-]/g, ''),
      )
      .sort()
      .join('\n')
  return spelt('enum-value-added') === spelt('enum-value-removed')
}

function listPlace({ base, head, path }: SchemaFact): string {
  const at = head ?? base
  const pointer = at?.pointer ?? ''
  return `${at?.file ?? ''} ${pointer.slice(0, pointer.lastIndexOf('/'))} ${path.join('/')}`
}
