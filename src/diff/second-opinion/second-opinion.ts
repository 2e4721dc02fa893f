/**
 * A second opinion on the operations that changed, from npm `openapi-diff`. It is shown and changes nothing: the tool knows a part of what
 * a description says, so "no difference" from it clears nothing (docs/decisions/0005-second-opinion.md).
 */
import type { ChangeClass, OperationKey, UnplacedChange } from '../../model/change.ts'
import type { OperationOpinion, SecondOpinion } from '../../model/second-opinion.ts'
import { effectiveOperation, rawOperations } from '../../openapi/operations.ts'
import type { ApiDescription } from '../../openapi/types.ts'
import { matchOperations } from '../match-operations.ts'
import { askOpenapiDiff, type Answer } from './ask.ts'
import { compareVerdicts, outsideItsView, tooLarge } from './compare-verdicts.ts'
import { asOpenapi30, miniDocuments, type ComparedOperation, type MiniDocuments } from './mini-document.ts'

/** One API that was compared, and what was found. */
export interface ComparedApi {
  /** `ApiReview.id`. */
  readonly api: string
  readonly base: ApiDescription
  readonly head: ApiDescription
  readonly changes: readonly UnplacedChange[]
}

export interface OpinionOptions {
  /** For all operations of the review together, in milliseconds. */
  readonly budgetMs: number
}

/** Operations asked about in one review, the worst first: the tool answers about two a second, and people read no more. */
const mostOperations = 20

/**
 * Asks about each operation with a breaking or dangerous change and each whose bodies changed. Starts a thread for the tool and ends it
 * within the budget. Never rejects.
 */
export async function secondOpinion(apis: readonly ComparedApi[], { budgetMs }: OpinionOptions): Promise<SecondOpinion> {
  const start = performance.now()
  const candidates = apis.flatMap(candidatesOf).sort((left, right) => weight(right) - weight(left))
  const prepared = candidates.slice(0, mostOperations).map(prepare)
  const left = budgetMs - (performance.now() - start)
  const answers = await answersTo(
    prepared.flatMap(({ question }) => (question === null ? [] : [question])),
    left,
  )
  const operations = prepared.map((one) => opinionOn(one, one.question === null ? undefined : answers.get(keyOf(one.question))))
  return {
    operations: operations.sort((one, other) => order.indexOf(one.verdict) - order.indexOf(other.verdict)),
    notAsked: candidates.length - prepared.length,
    elapsedMs: Math.round(performance.now() - start),
  }
}

const order: readonly OperationOpinion['verdict'][] = ['disagrees', 'agrees', 'no-answer']

interface Candidate {
  readonly api: string
  readonly operation: OperationKey
  readonly pair: ComparedOperation
  readonly changes: readonly UnplacedChange[]
}

/** The operations of both sides that a change reaches which the tool could have an opinion on. */
function candidatesOf({ api, base, head, changes }: ComparedApi): readonly Candidate[] {
  const byOperation = new Map<string, UnplacedChange[]>()
  for (const change of changes) {
    if (change.direction === null && weights[change.class] < weights.dangerous) continue
    for (const { method, path } of change.reaches) {
      const key = `${method} ${path}`
      const known = byOperation.get(key)
      if (known === undefined) byOperation.set(key, [change])
      else known.push(change)
    }
  }
  if (byOperation.size === 0) return []
  const side = (of: ApiDescription) => ({ api: of, operations: rawOperations(of) })
  const { pairs, moved } = matchOperations({ base: side(base), head: side(head), prefixes: undefined })
  return [...pairs, ...moved].flatMap((pair) => {
    const operation = pair.head.key
    const found = byOperation.get(`${operation.method} ${operation.path}`)
    if (found === undefined) return []
    const compared = {
      base: { api: base, operation: effectiveOperation(base, pair.base) },
      head: { api: head, operation: effectiveOperation(head, pair.head) },
    }
    return [{ api, operation, pair: compared, changes: found }]
  })
}

const weights: Record<ChangeClass, number> = { breaking: 3, dangerous: 2, nonbreaking: 1, docs: 0 }

function weight({ changes }: Candidate): number {
  return Math.max(...changes.map((change) => weights[change.class]))
}

interface Question {
  readonly base: string
  readonly head: string
}

interface Prepared {
  readonly candidate: Candidate
  readonly mini: MiniDocuments | null
  /** null: nothing to ask. */
  readonly question: Question | null
}

function prepare(candidate: Candidate): Prepared {
  const mini = miniDocuments(candidate.pair)
  if (mini === null || (!mini.differs.request && !mini.differs.response)) return { candidate, mini, question: null }
  const base = asOpenapi30(mini.base)
  const head = asOpenapi30(mini.head)
  return base === null || head === null ? { candidate, mini: null, question: null } : { candidate, mini, question: { base, head } }
}

/** Equal questions are asked once, short ones first: those are answered soonest. */
async function answersTo(questions: readonly Question[], budgetMs: number): Promise<ReadonlyMap<string, Answer>> {
  const unique = [...new Map(questions.map((question) => [keyOf(question), question])).values()]
  const sorted = unique.sort((left, right) => keyOf(left).length - keyOf(right).length)
  const answers = await askOpenapiDiff(sorted, budgetMs)
  return new Map(sorted.map((question, index) => [keyOf(question), answers[index] ?? { silence: 'failed' }]))
}

function keyOf({ base, head }: Question): string {
  return `${base}\n${head}`
}

function opinionOn({ candidate, mini }: Prepared, answer: Answer | undefined): OperationOpinion {
  const { api, operation, changes } = candidate
  const opinion = mini === null ? tooLarge : answer === undefined ? outsideItsView : compareVerdicts({ mini, answer, changes })
  return { api, operation, ...opinion }
}
