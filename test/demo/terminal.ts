/** What the demo prints: progress, each check run with its summary as text, and the end. Colours only on a terminal. */
import pc from 'picocolors'
import type { CheckRun, PullRequest } from '../github/stand-in/state.ts'
import { pullUrl } from './page/layout.ts'
import type { Step } from './stories.ts'
import type { StepResult } from './tell.ts'
import { textOfMarkdown, wrap } from './text-of-markdown.ts'

const colours = pc.createColors(process.stdout.isTTY && process.env['NO_COLOR'] === undefined)
/** Columns: as the terminal has, within what reads well. */
const lineWidth = Math.max(60, Math.min(process.stdout.columns ?? 120, 130)) - 8

const marks: Readonly<Record<string, string>> = {
  success: colours.green('✓'),
  failure: colours.red('✕'),
  in_progress: colours.yellow('●'),
  queued: colours.yellow('●'),
}

export function print(line = ''): void {
  process.stdout.write(`${line}\n`)
}

export function printProgress(line: string): void {
  print(`${colours.dim('·')} ${line}`)
}

export function printHeading(text: string): void {
  print(`\n${colours.bold(text)}`)
}

/** Printed before the act, so that a wait has a name. */
export function printBeginning({ tells }: Step): void {
  print(`\n  ${tells}`)
}

/** One step: how the checks stand, what the app wrote, what is wrong. */
export function printStep({ pull, runs, seconds, problems }: StepResult, pageUrl: string): void {
  for (const run of runs) printRun(run)
  for (const line of written(pull.state)) print(`  ${colours.dim('✎')} ${line}`)
  print(`  ${colours.dim(`after ${seconds.toFixed(1)} s, see`)} ${colours.cyan(`${pageUrl}${pullUrl(pull.state)}/checks`)}`)
  for (const problem of problems) print(`  ${colours.red('not as told:')} ${problem}`)
}

function printRun(run: CheckRun): void {
  const state = run.conclusion ?? run.status
  print(`  ${marks[state] ?? '■'} ${colours.bold(run.name)} ${colours.dim(state.replace('_', ' '))}  ${run.title ?? ''}`)
  for (const line of textOfMarkdown(run.summary ?? '', lineWidth)) print(`      ${line}`)
  for (const { path, start_line: line, title } of run.annotations) {
    for (const [index, text] of wrap(`${path}:${line} ${title ?? ''}`, lineWidth - 2).entries())
      print(`      ${index === 0 ? colours.dim('▲') : ' '} ${text}`)
  }
}

/** What stands on the pull request besides its checks. */
function written(pull: PullRequest): string[] {
  const asked = [
    ...[...pull.requestedTeams].map((slug) => `@${pull.repository.owner}/${slug}`),
    ...[...pull.requestedUsers].map((login) => `@${login}`),
  ]
  const comments = pull.reviewComments.map(({ path, line }) => (line === null ? path : `${path}:${line}`))
  const ofApp = pull.comments.filter(({ user }) => user.endsWith('[bot]')).length
  return [
    ...(asked.length > 0 ? [`asked to review: ${asked.join(', ')}`] : []),
    ...(comments.length > 0 ? [`commented on ${comments.join(', ')}`] : []),
    ...(ofApp > 0 ? ['one summary comment'] : []),
  ]
}

export function printEnd(results: readonly { readonly name: string; readonly problems: readonly string[] }[]): void {
  printHeading('Summary')
  for (const { name, problems } of results) {
    print(`  ${problems.length === 0 ? colours.green('as told    ') : colours.red('not as told')}  ${name}`)
    for (const problem of problems) print(`               ${problem}`)
  }
}
