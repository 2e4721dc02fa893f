/** The folded section that shows what another tool says. It comes last and is never a reason for the verdict; it says so itself. */
import type { OperationOpinion, SecondOpinion } from '../model/second-opinion.ts'
import { code, htmlWords, row, sentence } from './escape.ts'
import { counted } from './plain-text.ts'

const words: Record<OperationOpinion['verdict'], string> = { disagrees: 'disagrees', agrees: 'agrees', 'no-answer': 'no answer' }

/** Markdown of the section; empty when nothing was asked. */
export function renderSecondOpinion(opinion: SecondOpinion): string {
  if (opinion.operations.length === 0) return ''
  const rows = opinion.operations.map(({ api, operation, verdict, sentence: told }) =>
    row(code(api), code(`${operation.method} ${operation.path}`), words[verdict], sentence(told)),
  )
  return [
    `<details><summary>${htmlWords(summary(opinion))}</summary>`,
    '',
    sentence(
      'Another tool, npm `openapi-diff`, was asked about the bodies of these operations. It knows only a part of what a description says: it changes nothing about this check, and "no difference" from it clears nothing.',
    ),
    '',
    '| API | Operation | It | What it says |',
    '|---|---|---|---|',
    ...rows,
    ...(opinion.notAsked === 0 ? [] : ['', `It was not asked about ${counted(opinion.notAsked, 'more operation')}.`]),
    '',
    '</details>',
  ].join('\n')
}

function summary({ operations }: SecondOpinion): string {
  const count = (verdict: OperationOpinion['verdict']): number => operations.filter((one) => one.verdict === verdict).length
  const parts = [
    `${String(count('disagrees'))} disagree`,
    `${String(count('agrees'))} agree`,
    `${String(count('no-answer'))} without an answer`,
  ].filter((part) => !part.startsWith('0 '))
  return `Second opinion by openapi-diff on ${counted(operations.length, 'operation')}: ${parts.join(', ')}`
}
