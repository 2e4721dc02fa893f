/** Writes one check run within GitHub's limits: at most 50 annotations a request, the conclusion with the last of them. */
import type { AnnotationDraft, CheckRunDraft } from '../model/report.ts'
import { ask } from './client.ts'
import { annotationBytes, annotationsPerRequest, annotationsPerRun, annotationTitle, outputBytes } from './limits.ts'
import { place } from './repository.ts'
import type { RepositoryAccess } from './repository.ts'

export type RunWrite =
  | { readonly kind: 'create-run'; readonly draft: CheckRunDraft; readonly externalId: string }
  | { readonly kind: 'update-run'; readonly id: number; readonly draft: CheckRunDraft; readonly externalId: string }

export interface WrittenRun {
  readonly id: number
  readonly name: string
  readonly finished: boolean
}

/** Sent once: a repeated POST would stand there twice. The retry plugin reads this. */
export const once = { request: { retries: 0 } }

/** Creates or updates the run. While annotations are still to come the run is in progress, so that nobody merges on half of them. */
export async function writeRun(access: RepositoryAccess, head: string, write: RunWrite): Promise<WrittenRun> {
  const { draft, externalId } = write
  const chunks = chunksOf(draft.annotations.slice(0, annotationsPerRun).map(annotation))
  const last = chunks.length - 1
  const fields = (index: number) => ({
    ...place(access),
    name: draft.name,
    external_id: externalId,
    ...(index === last && draft.conclusion !== null
      ? { status: 'completed' as const, conclusion: draft.conclusion }
      : { status: 'in_progress' as const }),
    output: {
      title: draft.title,
      summary: cut(draft.summary, outputBytes),
      ...(draft.text === null ? {} : { text: cut(draft.text, outputBytes) }),
      annotations: chunks[index] ?? [],
    },
    actions: draft.actions.map(({ label, description, identifier }) => ({ label, description, identifier })),
  })
  let id = write.kind === 'update-run' ? write.id : null
  for (let index = 0; index <= last; index += 1) {
    const known = id
    const data = await ask('a check run', () =>
      known === null
        ? access.client.request('POST /repos/{owner}/{repo}/check-runs', { ...fields(index), head_sha: head, ...once })
        : access.client.request('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
            ...fields(index),
            check_run_id: known,
            ...once,
          }),
    )
    id = Number(data.id)
  }
  return { id: id ?? 0, name: draft.name, finished: draft.conclusion !== null }
}

/** At least one chunk, so that a run without annotations is written once. */
function chunksOf<T>(list: readonly T[]): T[][] {
  const chunks: T[][] = []
  for (let index = 0; index < list.length; index += annotationsPerRequest) chunks.push(list.slice(index, index + annotationsPerRequest))
  return chunks.length === 0 ? [[]] : chunks
}

function annotation(draft: AnnotationDraft) {
  const { startLine, startColumn, endColumn } = draft
  const endLine = Math.max(startLine, draft.endLine)
  // GitHub takes columns only where the annotation stands on one line.
  const columns =
    startLine === endLine && startColumn !== null
      ? { start_column: startColumn, end_column: Math.max(startColumn, endColumn ?? startColumn) }
      : {}
  return {
    path: draft.path,
    start_line: startLine,
    end_line: endLine,
    ...columns,
    annotation_level: draft.level,
    title: draft.title.slice(0, annotationTitle),
    message: cut(draft.message, annotationBytes),
    ...(draft.rawDetails === null ? {} : { raw_details: cut(draft.rawDetails, annotationBytes) }),
  }
}

/** The text within a number of UTF-8 bytes, never ending in half a character. */
function cut(text: string, bytes: number): string {
  if (text.length * 3 <= bytes || Buffer.byteLength(text) <= bytes) return text
  const kept = Buffer.from(text).subarray(0, bytes - 3)
  return `${new TextDecoder().decode(kept).replace(/\uFFFD+$/, '')}…`
}

/** Ends a run that nobody will finish, and says why. */
export async function cancelRun(access: RepositoryAccess, id: number, why: string): Promise<void> {
  await ask('a check run', () =>
    access.client.request('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
      ...{ ...place(access), check_run_id: id, status: 'completed' as const, conclusion: 'cancelled' as const },
      output: { title: 'Superseded', summary: why },
    }),
  )
}
