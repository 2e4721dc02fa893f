/**
 * Text to `ApiDescription`: parses the root and every file that its references lead to, and says what is wrong with them. Nothing is
 * fetched: what is not among `source.files` does not exist.
 */
import type { Problem } from '../model/place.ts'
import { placeComplaints, type Complaint } from './complaint.ts'
import { detectVersion, type Detected } from './detect-version.ts'
import { discoveryCandidates } from './discovery-files.ts'
import { positionAt } from './line-index.ts'
import { duplicateKeys } from './duplicate-keys.ts'
import { maxFiles, maxTotalCharacters } from './limits.ts'
import { parse } from './parse.ts'
import { referencedFiles } from './references.ts'
import { survey, type Survey } from './survey.ts'
import type { ApiDescription, ReadResult, Source, SourceDocument } from './types.ts'

/**
 * The description, or why there is none. `problems` alone: a file that is neither JSON nor YAML, too large, or no API description.
 * `api.problems`: what does not stop a comparison, such as references that lead nowhere. Never throws.
 */
export function readDescription(source: Source): ReadResult {
  const path = source.path ?? ''
  const parsed = parse(source.text, path)
  if ('mistake' in parsed) return { problems: [{ ...parsed.mistake, file: path, pointer: '' }] }
  const detected = detectVersion(parsed.document.value)
  if ('mistake' in detected) return { problems: placeComplaints([refusal(detected, path)], new Map([[path, parsed.document]])) }
  const loading = new LoadingDocuments(parsed.document, source.files ?? {})
  const draft = (documents: ReadonlyMap<string, SourceDocument>): ApiDescription => ({
    path,
    version: detected.version,
    root: detected.root,
    documents,
    problems: [],
  })
  const first = survey(draft(loading))
  if (loading.problems.length > 0) return { problems: loading.problems }
  const documents = new Map([...loading, ...discoveryDocuments(source, new Set(loading.keys()))])
  // References by `$id` or `$anchor` may lead to files that were loaded later, so complaints come from a second look at the whole.
  const surveyed = first.complaints.length === 0 ? first : survey(draft(documents))
  const problems = [...notes(detected, documents), ...placeComplaints(listed(surveyed, path), documents)]
  return { api: { ...draft(documents), problems } }
}

/** Discovery documents beside the description. One that cannot be parsed is left out: nothing of the description depends on it. */
function discoveryDocuments(
  { text, path = '', files = {} }: Source,
  known: ReadonlySet<string>,
): readonly (readonly [string, SourceDocument])[] {
  const named = text.includes('x-openid-configuration') ? referencedFiles(text, path) : []
  return [...named, ...discoveryCandidates(text, path)].flatMap((file) => {
    const written = !known.has(file) && Object.hasOwn(files, file) ? files[file] : undefined
    const parsed = written === undefined || written.length > maxDiscoveryCharacters ? null : parse(written, file)
    return parsed !== null && 'document' in parsed ? [[file, parsed.document] as const] : []
  })
}

/** Real ones have a few thousand. */
const maxDiscoveryCharacters = 1_000_000

function refusal(detected: Extract<Detected, { mistake: unknown }>, file: string): Complaint {
  return { ...detected.mistake, file, pointer: detected.key === null ? '' : `/${detected.key}` }
}

/** What is worth a note although nothing is broken. */
function notes(detected: Exclude<Detected, { mistake: unknown }>, documents: ReadonlyMap<string, SourceDocument>): readonly Problem[] {
  const [root] = documents.values()
  const newer =
    detected.note === null || root === undefined
      ? []
      : placeComplaints([{ kind: 'structure', message: detected.note, file: root.path, pointer: '/openapi' }], documents)
  return [...newer, ...[...documents.values()].flatMap((document) => [...replacedCharacters(document), ...duplicateKeys(document)])]
}

/** U+FFFD is what a decoder writes for bytes that are not UTF-8. */
function replacedCharacters({ path, text }: SourceDocument): readonly Problem[] {
  const offset = text.indexOf('\uFFFD')
  if (offset < 0) return []
  const message =
    'The file holds the character U+FFFD, which stands for bytes that are not UTF-8. Save the file as UTF-8, or texts may differ from what is compared.'
  return [{ kind: 'structure', message, file: path, pointer: '', ...positionAt(text, offset) }]
}

function listed({ complaints, unlisted }: Survey, file: string): readonly Complaint[] {
  if (unlisted === 0) return complaints
  const message = `There are ${String(unlisted)} more problems of this kind; the first ${String(complaints.length)} are listed.`
  return [...complaints, { kind: complaints[0]?.kind ?? 'structure', message, file, pointer: '' }]
}

/** The documents of a description, parsed when first asked for. A file that cannot be parsed is a problem: what it holds is unknown, so nothing can be compared. */
class LoadingDocuments extends Map<string, SourceDocument> {
  readonly problems: Problem[] = []
  readonly #files: Readonly<Record<string, string>>
  readonly #refused = new Set<string>()
  #characters: number

  constructor(root: SourceDocument, files: Readonly<Record<string, string>>) {
    super([[root.path, root]])
    this.#files = files
    this.#characters = root.text.length
  }

  override get(path: string): SourceDocument | undefined {
    if (!this.has(path) && !this.#refused.has(path) && Object.hasOwn(this.#files, path)) this.#load(path, this.#files[path] ?? '')
    return super.get(path)
  }

  #load(path: string, text: string): void {
    this.#characters += text.length
    const excess = excessOf(this.size, this.#characters)
    const parsed = excess === null ? parse(text, path) : { mistake: { kind: 'too-large' as const, message: excess, line: 1, column: 1 } }
    if ('document' in parsed) this.set(path, parsed.document)
    else {
      this.#refused.add(path)
      if (excess === null || !this.problems.some(({ kind }) => kind === 'too-large'))
        this.problems.push({ ...parsed.mistake, file: path, pointer: '' })
    }
  }
}

function excessOf(files: number, characters: number): string | null {
  if (files >= maxFiles) return `The description refers to more than ${maxFiles.toLocaleString('en')} files; at most so many are read.`
  if (characters <= maxTotalCharacters) return null
  return `The files of the description have more than ${String(maxTotalCharacters / 1024 / 1024)} MB together; at most so much is read.`
}
