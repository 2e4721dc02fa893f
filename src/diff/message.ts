/** A rule's sentence with its gaps filled. */
import type { Words } from './fact.ts'
import { capitalised } from './words.ts'

/** The sentence; gaps without a word become empty, but for those that would leave it without sense. */
export function sentence(template: string, words: Words): string {
  const gaps: Readonly<Record<string, string | undefined>> = {
    element: 'the value',
    from: 'nothing',
    to: 'nothing',
    ...words,
    Where: capitalised(words.where),
  }
  return template.replaceAll(/\{(\w+)\}/g, (_, gap: string) => gaps[gap] ?? '')
}
