/**
 * A small matching machine for patterns with wildcards: all states at once, so the time is at most text length times pattern length,
 * whatever the pattern. Knows nothing of the two languages built on it (globs.ts and codeowners.ts).
 */

/** One step of a pattern. */
export type Step =
  | string // exactly this character
  | 'one' // one character, not `/`
  | 'many' // any number of characters, none of them `/`
  | 'all' // any number of characters
  | 'folders' // nothing, or anything that ends in `/`
  | 'below' // the end, or `/` and anything

/** Matches the whole text. */
export function compileSteps(steps: readonly Step[]): (text: string) => boolean {
  if (steps.every((step) => step.length === 1)) {
    const literal = steps.join('')
    return (text) => text === literal
  }
  const program = steps.flatMap(instructionsOf)
  return (text) => run(program, text)
}

/** `folders` and `below` need a second state: "inside". */
type Instruction = Step | 'inside-folders' | 'inside-below'

function instructionsOf(step: Step): Instruction[] {
  if (step === 'folders') return ['folders', 'inside-folders']
  if (step === 'below') return ['below', 'inside-below']
  return [step]
}

/** States that are left without reading anything, and where to. */
const freeMoves: Readonly<Record<string, number>> = { many: 1, all: 1, folders: 2, below: 2, 'inside-below': 1 }

function run(program: readonly Instruction[], text: string): boolean {
  let current = new Set<number>()
  enter(program, 0, current)
  for (const character of text) {
    const next = new Set<number>()
    for (const state of current) for (const to of movesOf(program[state], character)) enter(program, state + to, next)
    if (next.size === 0) return false
    current = next
  }
  return current.has(program.length)
}

function enter(program: readonly Instruction[], state: number, states: Set<number>): void {
  for (let at: number | undefined = state; at !== undefined && !states.has(at);) {
    states.add(at)
    const free: number | undefined = freeMoves[program[at] ?? '']
    at = free === undefined ? undefined : at + free
  }
}

const stay = [0] as const
const advance = [1] as const
const stayAndAdvance = [0, 1] as const
const nowhere = [] as const

function movesOf(instruction: Instruction | undefined, character: string): readonly number[] {
  switch (instruction) {
    case undefined:
      return nowhere
    case 'one':
      return character === '/' ? nowhere : advance
    case 'many':
      return character === '/' ? nowhere : stay
    case 'all':
    case 'inside-below':
      return stay
    case 'folders':
      return advance
    case 'inside-folders':
      return character === '/' ? stayAndAdvance : stay
    case 'below':
      return character === '/' ? advance : nowhere
    default:
      return instruction === character ? advance : nowhere
  }
}
