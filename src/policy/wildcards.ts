/**
 * A small matching machine for patterns with wildcards: all states at once, so the time is at most text length times pattern length,
 * whatever the pattern. Knows nothing of the two languages built on it (globs.ts and codeowners.ts).
 */

export type Wildcard =
  | 'one' // one character, not `/`
  | 'many' // any number of characters, none of them `/`
  | 'all' // any number of characters
  | 'folders' // nothing, or anything that ends in `/`
  | 'below' // the end, or `/` and anything

/** One step of a pattern: a wildcard, or exactly one character. */
export type Step = { readonly wildcard: Wildcard } | { readonly character: string }

/** Matches the whole text. */
export function compileSteps(steps: readonly Step[]): (text: string) => boolean {
  const program = steps.flatMap(instructionsOf)
  if (program.every(({ kind }) => kind === 'character')) {
    const literal = program.map(({ character }) => character).join('')
    return (text) => text === literal
  }
  return (text) => run(program, text)
}

interface Instruction {
  readonly kind: Wildcard | 'inside-folders' | 'inside-below' | 'character'
  readonly character: string
}

/** `folders` and `below` need a second state: being inside. */
function instructionsOf(step: Step): Instruction[] {
  if ('character' in step) return [{ kind: 'character', character: step.character }]
  const first = { kind: step.wildcard, character: '' }
  if (step.wildcard === 'folders') return [first, { kind: 'inside-folders', character: '' }]
  return step.wildcard === 'below' ? [first, { kind: 'inside-below', character: '' }] : [first]
}

interface Moves {
  /** How many instructions may be skipped without reading anything. */
  readonly free: number | null
  /** Where reading a character leads, relative to here. */
  readonly read: (character: string, wanted: string) => readonly number[]
}

const stay = [0]
const advance = [1]
const nowhere: readonly number[] = []

const moves: Readonly<Record<Instruction['kind'], Moves>> = {
  character: { free: null, read: (character, wanted) => (character === wanted ? advance : nowhere) },
  one: { free: null, read: (character) => (character === '/' ? nowhere : advance) },
  many: { free: 1, read: (character) => (character === '/' ? nowhere : stay) },
  all: { free: 1, read: () => stay },
  folders: { free: 2, read: () => advance },
  'inside-folders': { free: null, read: (character) => (character === '/' ? [0, 1] : stay) },
  below: { free: 2, read: (character) => (character === '/' ? advance : nowhere) },
  'inside-below': { free: 1, read: () => stay },
}

function run(program: readonly Instruction[], text: string): boolean {
  let current = new Set<number>()
  enter(program, 0, current)
  for (const character of text) {
    const next = new Set<number>()
    for (const state of current) {
      const instruction = program[state]
      if (instruction === undefined) continue
      for (const step of moves[instruction.kind].read(character, instruction.character)) enter(program, state + step, next)
    }
    if (next.size === 0) return false
    current = next
  }
  return current.has(program.length)
}

function enter(program: readonly Instruction[], state: number, states: Set<number>): void {
  let at: number | null = state
  while (at !== null && !states.has(at)) {
    states.add(at)
    const instruction: Instruction | undefined = program[at]
    const free: number | null = instruction === undefined ? null : moves[instruction.kind].free
    at = free === null ? null : at + free
  }
}
