/** Asks `openapi-diff` in a thread of its own, with little memory, no environment and an end. No answer is an answer. */
import { Worker } from 'node:worker_threads'
import type { WorkerAnswer, WorkerDifference, WorkerQuestion } from './opinion-worker.ts'

/** `time`: the budget was used up. `failed`: the tool could not read the question, or died of it. */
export type Answer = { readonly differences: readonly WorkerDifference[] } | { readonly silence: 'time' | 'failed' }

/** Enough for what it can answer in time; a question that needs more never ends either. In MB. */
const memoryMb = 192

/** The answers in the order of the questions, within `budgetMs` for all of them together, the thread's start included. Never rejects. */
export async function askOpenapiDiff(questions: readonly WorkerQuestion[], budgetMs: number): Promise<readonly Answer[]> {
  const answers: Answer[] = []
  const end = performance.now() + budgetMs
  let thread: Thread | null = null
  for (const question of questions) {
    thread ??= startThread()
    const answer = await thread.ask(question, end - performance.now())
    answers.push(answer)
    if ('silence' in answer && !thread.isAlive()) {
      await thread.stop()
      thread = null
    }
  }
  await thread?.stop()
  return answers
}

interface Thread {
  readonly ask: (question: WorkerQuestion, timeLeftMs: number) => Promise<Answer>
  readonly isAlive: () => boolean
  readonly stop: () => Promise<unknown>
}

function startThread(): Thread {
  const worker = new Worker(workerFile(), {
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 32 },
    env: {},
    execArgv: [],
    // Whatever the tool prints is not ours.
    stdout: true,
    stderr: true,
  })
  let alive = true
  let hear: (answer: Answer) => void = () => undefined
  const ready = new Promise<void>((resolve) => {
    const fall = (): void => {
      alive = false
      resolve()
      hear({ silence: 'failed' })
    }
    worker.on('message', (told: 'ready' | WorkerAnswer) => {
      if (told === 'ready') resolve()
      else hear('differences' in told ? told : { silence: 'failed' })
    })
    worker.on('error', fall)
    worker.on('exit', fall)
  })
  const ask = async (question: WorkerQuestion, timeLeftMs: number): Promise<Answer> => {
    if (timeLeftMs <= 0) return { silence: 'time' }
    let timer: NodeJS.Timeout | undefined
    const tooLate = new Promise<Answer>((resolve) => (timer = setTimeout(() => resolve({ silence: 'time' }), timeLeftMs)))
    const answered = new Promise<Answer>((resolve) => (hear = resolve))
    void ready.then(() => (alive ? worker.postMessage(question) : hear({ silence: 'failed' })))
    const answer = await Promise.race([answered, tooLate])
    clearTimeout(timer)
    return answer
  }
  return { ask, isAlive: () => alive, stop: () => worker.terminate() }
}

/** The sources run as they are; published code is JavaScript. */
function workerFile(): URL {
  return new URL(import.meta.url.endsWith('.ts') ? './opinion-worker.ts' : './opinion-worker.js', import.meta.url)
}
