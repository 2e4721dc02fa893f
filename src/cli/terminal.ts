/** What depends on the terminal: colours and the progress line. Both are off when the output is not a terminal, so pipes stay clean. */
import { createColors } from 'picocolors'

/** Colours for standard output: off in pipes, with NO_COLOR, and on dumb terminals. */
export const colours = createColors(process.stdout.isTTY && process.env['NO_COLOR'] === undefined && process.env['TERM'] !== 'dumb')

/** Work that takes longer than this shows which phase it is in. Milliseconds. */
const quietMs = 1000

/** Runs one phase after another, naming the current one on standard error once the work has taken a second. */
export function createProgress(stream: NodeJS.WriteStream = process.stderr): { phase: (name: string) => void; done: () => void } {
  let current = ''
  let shown = false
  const show = () => {
    shown = true
    stream.write(`\r\u001b[K${current} …`)
  }
  const timer = stream.isTTY ? setTimeout(show, quietMs) : undefined
  return {
    phase: (name) => {
      current = name
      if (shown) show()
    },
    done: () => {
      clearTimeout(timer)
      if (shown) stream.write('\r\u001b[K')
      shown = false
    },
  }
}
