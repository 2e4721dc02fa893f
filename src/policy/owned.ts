/** Whether anybody is named as the owner of a description outside the description itself: by the policy, by CODEOWNERS or by a catalogue. */
import type { PolicyTexts } from '../model/snapshot.ts'
import { matchCodeowners } from './codeowners.ts'
import { compileGlobs } from './globs.ts'
import { loadPolicies } from './load-policies.ts'
import type { ApiEntry } from './written-policy.ts'

/** A predicate over the path of a root document. Texts are read once. */
export function ownedPaths(texts: PolicyTexts): (path: string) => boolean {
  const { organisation, repository } = loadPolicies(texts)
  const policies = [organisation?.policy, repository?.policy].flatMap((policy) => policy ?? [])
  const hasDefault = policies.some(({ owners }) => (owners?.default ?? []).length > 0)
  const entries = policies.flatMap(({ apis }) => apis ?? []).filter(({ owners }) => (owners ?? []).length > 0)
  const byCodeowners = (path: string) => texts.codeowners !== null && matchCodeowners(texts.codeowners.text, path).owners.length > 0
  return (path) => hasDefault || entries.some((entry) => covers(entry, path)) || byCodeowners(path)
}

function covers({ root, discover }: ApiEntry, path: string): boolean {
  return discover === true || (root !== undefined && compileGlobs(root)(path))
}
