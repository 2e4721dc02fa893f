/**
 * `npm run demo`: the real app reviews real pull requests in a real git repository, against a local stand-in for GitHub.
 * Without arguments it then serves the checks page until it is stopped; with `--exit` it ends with 0 when every story ended as told, else 1.
 */
import { lastLines } from './app-process.ts'
import { startDemo, type Demo } from './demo.ts'
import { stories } from './stories.ts'
import { tellStory } from './tell.ts'
import { print, printBeginning, printEnd, printHeading, printProgress, printStep } from './terminal.ts'

interface Result {
  readonly name: string
  readonly problems: readonly string[]
}

async function main(args: readonly string[]): Promise<number> {
  const unknown = args.find((argument) => argument !== '--exit')
  if (unknown !== undefined) {
    process.stderr.write(`The demo knows \`--exit\` and no other argument; it was given \`${unknown}\`.\n`)
    return 2
  }
  printHeading('Specgate demo')
  const demo = await startDemo(printProgress)
  const results = await tellAll(demo)
  if (!args.includes('--exit')) await serveUntilStopped(demo)
  const code = await demo.stop()
  const ends = code === 0 ? [] : [`The app ended with ${code ?? 'a kill'} after SIGTERM.`]
  const all = [...results, { name: 'The app ends when asked to', problems: ends }]
  printEnd(all)
  return all.every(({ problems }) => problems.length === 0) ? 0 : 1
}

async function tellAll(demo: Demo): Promise<Result[]> {
  const results: Result[] = []
  for (const [index, story] of stories.entries()) {
    printHeading(`${index + 1}. ${story.name}`)
    const problems: string[] = []
    for await (const step of tellStory(demo, story, printBeginning)) {
      printStep(step, demo.page.url)
      problems.push(...step.problems)
    }
    results.push({ name: story.name, problems })
  }
  await demo.github.idle()
  const behaviour = misbehaviour(demo)
  if (results.some(({ problems }) => problems.length > 0)) print(`\nThe app's last lines:\n${lastLines(await demo.app.log())}`)
  return [
    ...results,
    { name: `Every request of the app keeps to GitHub’s description (${demo.github.requests().length} requests)`, problems: behaviour },
  ]
}

/** How GitHub says that there is no organisation policy: no such repository for the token, no such file. */
const expectedRefusals: Readonly<Record<string, number>> = { 'apps/create-installation-access-token': 422, 'repos/get-content': 404 }

/** Requests that GitHub would not have taken, deliveries that failed, and departures of the stand-in itself. */
function misbehaviour({ github }: Demo): string[] {
  const violations = [...github.violations, ...github.selfViolations].map(
    ({ request, where, message }) => `${request}: ${where} ${message}`,
  )
  const refused = github.requests().filter(({ status, operationId }) => status >= 400 && expectedRefusals[operationId ?? ''] !== status)
  const failed = github.deliveries().filter(({ status }) => status !== 'OK')
  return [
    ...violations,
    ...refused.map(({ method, path, status }) => `${method} ${path} answered ${status}`),
    ...failed.map(({ event, action, status }) => `delivery ${event}.${action ?? ''}: ${status ?? 'under way'}`),
  ]
}

/** Ctrl+C while the page is served ends the demo in order; at any other time it ends at once, and the app goes with it. */
let stopServing: (() => void) | null = null
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stopServing === null) process.exit(130)
    stopServing()
    stopServing = null
  })
}

async function serveUntilStopped(demo: Demo): Promise<void> {
  print(`\nThe checks are at ${demo.page.url} – end with Ctrl+C.`)
  await new Promise<void>((resolve) => {
    stopServing = resolve
  })
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`The demo could not run: ${error instanceof Error ? error.message : String(error)}\n`)
  return 1
})
// Whatever is still open after a failure must not keep the demo alive.
if (process.exitCode === 1) process.exit()
