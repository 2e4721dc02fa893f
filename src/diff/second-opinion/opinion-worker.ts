/**
 * The thread in which `openapi-diff` runs, the only file that knows the package. It works synchronously and for as long as it likes, so
 * only another thread can end it. The tool is tried once and the doors are closed before the first question is taken.
 */
import { parentPort } from 'node:worker_threads'
import openapiDiff from 'openapi-diff'
import { closeDoors } from './close-doors.ts'

/** One question: two documents, as JSON. */
export interface WorkerQuestion {
  readonly base: string
  readonly head: string
}

/** One difference of the sets of values of a body: `add` means that head admits more. */
export interface WorkerDifference {
  readonly direction: 'request' | 'response'
  readonly action: 'add' | 'remove'
  readonly breaking: boolean
}

export type WorkerAnswer = { readonly differences: readonly WorkerDifference[] } | { readonly failure: string }

async function answer({ base, head }: WorkerQuestion): Promise<WorkerAnswer> {
  try {
    const outcome = await openapiDiff.diffSpecs({
      sourceSpec: { content: base, location: 'base', format: 'openapi3' },
      destinationSpec: { content: head, location: 'head', format: 'openapi3' },
    })
    const breaking = outcome.breakingDifferencesFound ? outcome.breakingDifferences : []
    return {
      differences: [...breaking, ...outcome.nonBreakingDifferences].map(({ code, action, type }) => ({
        direction: code.startsWith('request.') ? 'request' : 'response',
        action,
        breaking: type === 'breaking',
      })),
    }
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) }
  }
}

/** Makes the tool load whatever it loads late. */
function firstQuestion(schema: object): string {
  const content = { 'application/json': { schema } }
  const operation = { requestBody: { content }, responses: { 200: { description: '', content } } }
  return JSON.stringify({ openapi: '3.0.3', info: { title: '', version: '' }, paths: { '/operation': { post: operation } } })
}

await answer({ base: firstQuestion({ type: 'object' }), head: firstQuestion({ type: 'object', minProperties: 1 }) })
closeDoors()
parentPort?.on('message', (question: WorkerQuestion) => void answer(question).then((told) => parentPort?.postMessage(told)))
parentPort?.postMessage('ready')
