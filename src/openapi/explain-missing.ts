/** Why a reference leads nowhere, in one sentence with what to do. */
import { isIndex, tokensOf } from './json-pointer.ts'
import { referenceTarget } from './reference-target.ts'
import type { ApiDescription } from './types.ts'
import { isList, isObject } from './values.ts'

/** For a reference that `resolve` does not find. */
export function explainMissing(api: ApiDescription, from: string, ref: string): string {
  const name = `The reference \`${shortened(ref)}\``
  const target = referenceTarget(from, ref)
  if ('refused' in target) return `${name} ${target.refused}. Copy the target into the repository and refer to it by a relative path.`
  const document = api.documents.get(target.file)
  if (document === undefined)
    return `${name} leads to \`${target.file}\`, which is not among the files of this description. Add the file or correct the path.`
  if (!target.fragment.startsWith('/'))
    return `${name} leads nowhere: no schema in \`${target.file}\` has the \`$anchor\` \`${target.fragment}\`.`
  const { parent, missing } = firstMissing(document.value, tokensOf(target.fragment))
  return `${name} leads nowhere: \`${parent}\` in ${target.file === from ? 'this file' : `\`${target.file}\``} has no \`${missing}\`. Define it or correct the reference.`
}

function firstMissing(root: unknown, tokens: readonly string[]): { readonly parent: string; readonly missing: string } {
  let value = root
  let parent = ''
  for (const token of tokens) {
    const next =
      isList(value) && isIndex(token) ? value[Number(token)] : isObject(value) && Object.hasOwn(value, token) ? value[token] : undefined
    if (next === undefined) return { parent: parent === '' ? '/' : parent, missing: token }
    value = next
    parent += `/${token}`
  }
  return { parent, missing: '' }
}

/** A text from the document, cut to what fits a message. */
export function shortened(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}...` : text
}
