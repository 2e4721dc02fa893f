/** A rule's sentence with its gaps filled. */
import type { Words } from './fact.ts'
import { capitalised } from './words.ts'

/** The sentence; gaps without a word become empty. */
export function sentence(template: string, words: Words): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, gap: string) => filled(gap, words))
}

function filled(gap: string, words: Words): string {
  switch (gap) {
    case 'Where':
      return capitalised(words.where)
    case 'where':
      return words.where
    case 'element':
      return words.element ?? 'the value'
    case 'name':
      return words.name ?? ''
    case 'from':
      return words.from ?? 'nothing'
    case 'to':
      return words.to ?? 'nothing'
    case 'change':
      return words.change ?? ''
    default:
      return words.reason ?? ''
  }
}
