/**
 * What a comment asks of the app: lines that begin with `/specgate`. Pure, linear, and deaf to what is not said openly: quotes, code and
 * hidden HTML are somebody else's words or an example, never a command. Who may say it is judged elsewhere.
 */
import { readEndOfDay } from '../instants.ts'
import { nearestWord } from '../suggest.ts'

export const verbs = ['waive', 'approve', 'not-an-issue', 'explain', 'recheck', 'break-glass'] as const
export type Verb = (typeof verbs)[number]

export const waiverKinds = ['agreed', 'correction', 'not-an-issue', 'retire'] as const
export type WaiverKind = (typeof waiverKinds)[number]

export interface Command {
  readonly verb: Verb
  /** Beginnings of fingerprints, in lower case. */
  readonly ids: readonly string[]
  readonly kind: WaiverKind | null
  /** ISO date, inclusive. */
  readonly until: string | null
  readonly ticket: string | null
  /** The reason, the question or nothing. */
  readonly words: string
}

/** A command, or a line that is meant as one and cannot be understood. */
export type Said = { readonly command: Command } | { readonly verb: string; readonly problem: string }

/** A comment of GitHub holds 65,536 characters; nobody says more than a few commands in one. */
const longestComment = 65_536
const mostCommands = 20
const longestLine = 2000

/** Everything a comment says to the app, in order. */
export function readCommands(body: string): readonly Said[] {
  const said: Said[] = []
  for (const line of openLines(body.slice(0, longestComment))) {
    const match = /^ {0,3}\/specgate(?:[ \t]+(\S.*))?$/i.exec(line.slice(0, longestLine).trimEnd())
    if (match === null) continue
    said.push(readCommand(match[1] ?? ''))
    if (said.length === mostCommands) break
  }
  return said
}

/** Whether a text could hold a command at all. */
export function mayCommand(body: string): boolean {
  return body.toLowerCase().includes('/specgate')
}

/** The lines that everybody sees as the writer's own words: no quote, no code block, nothing within `<!-- -->`. */
function openLines(body: string): string[] {
  const lines: string[] = []
  let fence: string | null = null
  for (const line of withoutHidden(body).split(/\r\n|[\n\r]/)) {
    const marker = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line)
    if (fence !== null) {
      if (marker !== null && closes(marker, fence)) fence = null
    } else if (marker !== null) fence = marker[1] ?? null
    else lines.push(line)
  }
  return lines
}

/** A fence is closed by one of its own kind that is at least as long and says nothing (CommonMark 0.31, 4.5). */
function closes([, run = '', rest = '']: RegExpExecArray, fence: string): boolean {
  return run[0] === fence[0] && run.length >= fence.length && rest.trim() === ''
}

/** Without HTML comments; one that is never closed hides the rest. */
function withoutHidden(body: string): string {
  let open = body.indexOf('<!--')
  if (open === -1) return body
  const parts: string[] = []
  let at = 0
  while (open !== -1) {
    parts.push(body.slice(at, open))
    const end = body.indexOf('-->', open + 4)
    if (end === -1) return parts.join(' ')
    at = end + 3
    open = body.indexOf('<!--', at)
  }
  return [...parts, body.slice(at)].join(' ')
}

function readCommand(text: string): Said {
  const [first = '', ...rest] = tokens(text)
  const verb = verbs.find((one) => one === first.toLowerCase())
  if (verb === undefined) return { verb: first, problem: unknownVerb(first) }
  const { problem, ...written } = argumentsOf(verb, rest)
  const wrong = problem ?? problems[verb](written)
  return wrong === null ? { command: { verb, ...written } } : { verb, problem: wrong }
}

function unknownVerb(word: string): string {
  const known = `The app understands ${verbs.map((one) => `\`${one}\``).join(', ')}.`
  if (word === '') return known
  const near = nearestWord(word, verbs)
  return `\`${word}\` is not a command${near === null ? '' : `; did you mean \`${near}\``}. ${known}`
}

const openingQuotes = '"“„«'
const closingQuotes = '"”“»'

/** Words, and texts between double quotes of any kind; a quote that is never closed is a letter. */
function tokens(text: string): string[] {
  const found: string[] = []
  let at = 0
  while (at < text.length && found.length < 400) {
    const letter = text.charAt(at)
    if (/\s/.test(letter)) {
      at += 1
      continue
    }
    const end = openingQuotes.includes(letter) ? closing(text, at + 1) : -1
    if (end !== -1) {
      found.push(text.slice(at + 1, end).trim())
      at = end + 1
      continue
    }
    const word = /^\S+/.exec(text.slice(at))?.[0] ?? letter
    found.push(word)
    at += word.length
  }
  return found
}

function closing(text: string, from: number): number {
  for (let index = from; index < text.length; index += 1) if (closingQuotes.includes(text.charAt(index))) return index
  return -1
}

type Arguments = Omit<Command, 'verb'> & { readonly problem: string | null }

/** Ids first, then `key=value` anywhere, and the rest are words. People copy ids with their backticks. */
function argumentsOf(verb: Verb, rest: readonly string[]): Arguments {
  const ids: string[] = []
  const words: string[] = []
  const options = new Map<string, string>()
  for (const token of rest) {
    const id = token.replace(/^[`#]+|[`,;]+$/g, '').toLowerCase()
    const option = /^(kind|until|ticket)=(.+)$/i.exec(token)
    if (words.length === 0 && takesIds(verb) && isId(id, ids.length)) ids.push(id)
    else if (option !== null) options.set((option[1] ?? '').toLowerCase(), option[2] ?? '')
    else words.push(token)
  }
  return { ids: [...new Set(ids)], ticket: options.get('ticket') ?? null, words: words.join(' '), ...datedAndNamed(options) }
}

function datedAndNamed(options: ReadonlyMap<string, string>): Pick<Arguments, 'kind' | 'until' | 'problem'> {
  const written = options.get('kind')
  const kind = waiverKinds.find((one) => one === written?.toLowerCase()) ?? null
  const until = options.get('until') ?? null
  if (written !== undefined && kind === null)
    return { kind, until, problem: `\`kind\` is ${waiverKinds.map((one) => `\`${one}\``).join(', ')}; \`${written}\` is none of them.` }
  if (until !== null && readEndOfDay(until) === null)
    return { kind, until, problem: `\`until\` is a date such as \`2027-03-01\`; \`${until}\` is none.` }
  return { kind, until, problem: null }
}

function takesIds(verb: Verb): boolean {
  return verb !== 'recheck' && verb !== 'break-glass'
}

/** English has words of six and more of these letters (`facade`); a reason that begins with one is no list of findings. */
function isId(token: string, before: number): boolean {
  return /^[0-9a-f]{6,64}$/.test(token) && (before === 0 || /\d/.test(token))
}

/** A reason has this many characters: somebody will read it in a year. The same as in a waiver file. */
const reasonCharacters = 20
const longestReason = 1000

const problems: Record<Verb, (command: Omit<Command, 'verb'>) => string | null> = {
  waive: ({ ids, until, words }) => {
    if (ids.length === 0) return 'Say which finding is waived: its id stands in front of it, such as `7c1e9a`.'
    if (until === null) return 'Say until when: `until=2027-03-01`. A waiver always ends.'
    return words.length < reasonCharacters || words.length > longestReason
      ? `A reason has ${reasonCharacters} to ${longestReason} characters: somebody will read it in a year.`
      : null
  },
  approve: ({ ids, words }) => {
    if (words !== '') return `\`${words.slice(0, 60)}\` is not the id of a finding.`
    if (ids.length > 0) return null
    return 'Say what is approved: the id stands in front of the finding, such as `7c1e9a`. An approving review approves everything.'
  },
  'not-an-issue': ({ words }) => (words.length < 3 ? 'Say why it is not an issue, between quotes.' : null),
  explain: ({ words }) => (words === '' ? null : `\`${words.slice(0, 60)}\` is not the id of a finding.`),
  recheck: () => null,
  'break-glass': ({ words }) => (words.length < 3 ? 'Say why, between quotes: the name of the incident at least.' : null),
}
