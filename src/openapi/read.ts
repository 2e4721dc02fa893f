/**
 * Text to `ApiDescription`: parses the root and every file that its references lead to, and says what is wrong with them. Nothing is
 * fetched: what is not among `source.files` does not exist.
 */
import type { Problem } from '../model/place.ts'
import { placeComplaints, type Complaint } from './complaint.ts'
import { detectVersion, type Detected } from './detect-version.ts'
import { maxFiles, maxTotalCharacters } from './limits.ts'
import { parse } from './parse.ts'
import { survey, type LoadFile, type Survey } from './survey.ts'
import type { ApiDescription, ReadResult, Source, SourceDocument } from './types.ts'

/**
 * The description, or why there is none. `problems` alone: a file that is neither JSON nor YAML, too large, or no API description.
 * `api.problems`: what does not stop a comparison, such as references that lead nowhere. Never throws.
 */
export function readDescription(source: Source): ReadResult {
  const path = source.path ?? ''
  const parsed = parse(source.text, path)
  if ('mistake' in parsed) return { problems: [{ ...parsed.mistake, file: path, pointer: '' }] }
  const documents = new Map<string, SourceDocument>([[path, parsed.document]])
  const detected = detectVersion(parsed.document.value)
  if ('mistake' in detected) return { problems: placeComplaints([refusal(detected, path)], documents) }
  const loader = fileLoader(source.files ?? {}, documents)
  const draft = (): ApiDescription => ({ path, version: detected.version, root: detected.root, documents, problems: [] })
  const first = survey(draft(), loader.load)
  if (loader.problems.length > 0) return { problems: loader.problems }
  // References by `$id` or `$anchor` may lead to files that were loaded later, so complaints come from a second look at the whole.
  const surveyed = first.complaints.length === 0 ? first : survey(draft(), () => false)
  return { api: { ...draft(), problems: placeComplaints([...notes(detected, parsed.document), ...listed(surveyed, path)], documents) } }
}

function refusal(detected: Extract<Detected, { mistake: unknown }>, file: string): Complaint {
  return { ...detected.mistake, file, pointer: detected.key === null ? '' : `/${detected.key}` }
}

/** What is worth a note although nothing is broken. */
function notes(detected: Exclude<Detected, { mistake: unknown }>, document: SourceDocument): readonly Complaint[] {
  return detected.note === null ? [] : [{ kind: 'structure', message: detected.note, file: document.path, pointer: '/openapi' }]
}

function listed({ complaints, unlisted }: Survey, file: string): readonly Complaint[] {
  if (unlisted === 0) return complaints
  const message = `There are ${String(unlisted)} more problems of this kind; the first ${String(complaints.length)} are listed.`
  return [...complaints, { kind: 'structure', message, file, pointer: '' }]
}

interface Loader {
  readonly load: LoadFile
  readonly problems: readonly Problem[]
}

/** Parses files on demand into `documents`. A file that cannot be parsed is a problem: what it holds is unknown, so nothing can be compared. */
function fileLoader(files: Readonly<Record<string, string>>, documents: Map<string, SourceDocument>): Loader {
  const problems: Problem[] = []
  let characters = [...documents.values()].reduce((sum, document) => sum + document.text.length, 0)
  const refuse = (problem: Omit<Problem, 'pointer'>): boolean => {
    problems.push({ ...problem, pointer: '' })
    return false
  }
  const load: LoadFile = (path) => {
    const text = Object.hasOwn(files, path) ? files[path] : undefined
    if (documents.has(path)) return true
    if (text === undefined || problems.some((problem) => problem.file === path)) return false
    characters += text.length
    const excess = excessOf(documents.size, characters)
    if (excess !== null)
      return problems.some(({ kind }) => kind === 'too-large')
        ? false
        : refuse({ kind: 'too-large', message: excess, file: path, line: 1, column: 1 })
    const parsed = parse(text, path)
    if ('mistake' in parsed) return refuse({ ...parsed.mistake, file: path })
    documents.set(path, parsed.document)
    return true
  }
  return { load, problems }
}

function excessOf(files: number, characters: number): string | null {
  if (files >= maxFiles) return `The description refers to more than ${maxFiles.toLocaleString('en')} files; at most so many are read.`
  if (characters <= maxTotalCharacters) return null
  return `The files of the description have more than ${String(maxTotalCharacters / 1024 / 1024)} MB together; at most so much is read.`
}
