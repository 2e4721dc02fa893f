/** The same two schemas asked of our engine and of `openapi-diff`: how the set of values changed, by each. */
import { askOpenapiDiff } from '../../src/diff/second-opinion/ask.ts'
import { asOpenapi30, miniDocuments } from '../../src/diff/second-opinion/mini-document.ts'
import { contains, createSchemaContext, type Effect } from '../../src/diff/schema/index.ts'
import { listOperations } from '../../src/openapi/operations.ts'
import { order, read, type Json } from './described.ts'

export interface Compared {
  readonly base: Json
  readonly head: Json
  readonly ours: Effect
  /** null: no answer. */
  readonly theirs: Effect | null
}

/** Both verdicts on each pair. */
export async function compareEngines(pairs: readonly (readonly [Json, Json])[], budgetMs: number): Promise<readonly Compared[]> {
  const asked = pairs.map(([base, head]) => ({ base, head, ...questionOf(base, head) }))
  const answers = await askOpenapiDiff(
    asked.map(({ question }) => question),
    budgetMs,
  )
  return asked.map(({ base, head, ours }, index) => {
    const answer = answers[index]
    const actions = answer === undefined || 'silence' in answer ? null : answer.differences.map(({ action }) => action)
    return { base, head, ours, theirs: actions === null ? null : effectOf(actions.includes('add'), actions.includes('remove')) }
  })
}

function effectOf(widens: boolean, narrows: boolean): Effect {
  if (widens) return narrows ? 'incomparable' : 'widens'
  return narrows ? 'narrows' : 'equal'
}

function questionOf(base: Json, head: Json): { ours: Effect; question: { base: string; head: string } } {
  const sides = { base: side(base), head: side(head) }
  const mini = miniDocuments(sides)
  const question = { base: mini === null ? '' : (asOpenapi30(mini.base) ?? ''), head: mini === null ? '' : (asOpenapi30(mini.head) ?? '') }
  const schema = ({ operation }: typeof sides.base) => operation.responses[0]?.content[0]?.schema ?? null
  const context = createSchemaContext(sides.base.api, sides.head.api, { enums: 'closed' })
  return { ours: contains(context, schema(sides.base), schema(sides.head)), question }
}

function side(schema: Json) {
  const api = read(order({ response: schema }))
  const [operation] = listOperations(api)
  if (operation === undefined) throw new Error('The description has an operation.')
  return { api, operation }
}
