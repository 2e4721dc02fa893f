/** What the other tool's answer means beside our own verdict: agreement, disagreement, or nothing. Each direction is judged on its own. */
import type { UnplacedChange } from '../../model/change.ts'
import type { OperationOpinion } from '../../model/second-opinion.ts'
import { diffDescriptions } from '../diff.ts'
import type { Answer } from './ask.ts'
import { asDescription, type MiniDocuments } from './mini-document.ts'

type Opinion = Pick<OperationOpinion, 'verdict' | 'sentence'>
type Way = 'request' | 'response'

export interface Told {
  readonly mini: MiniDocuments
  readonly answer: Answer
  /** What we found for the operation, in the description itself. */
  readonly changes: readonly UnplacedChange[]
}

const bodies: Record<Way, string> = { request: 'the request body', response: 'the response bodies' }

/** Nothing that it compares has changed, so it need not be asked. */
export const outsideItsView: Opinion = {
  verdict: 'no-answer',
  sentence: 'What changed is nothing that it compares: it knows types, properties, lengths, bounds and combinations of schemas only.',
}
export const tooLarge: Opinion = { verdict: 'no-answer', sentence: 'The bodies are larger than what it can compare in seconds.' }

const silent: Record<'time' | 'failed', Opinion> = {
  time: { verdict: 'no-answer', sentence: 'It did not finish in the time it has.' },
  failed: { verdict: 'no-answer', sentence: 'It could not read the bodies.' },
}

/** The opinion on one operation. Disagreement in one direction is disagreement. */
export function compareVerdicts({ mini, answer, changes }: Told): Opinion {
  if ('silence' in answer) return silent[answer.silence]
  // The same question to both: what was left out of the documents cannot be disagreed about.
  const { changes: ours } = diffDescriptions(asDescription(mini.base), asDescription(mini.head))
  const opinions = (['request', 'response'] as const)
    .filter((way) => mini.differs[way])
    .map((way) =>
      judge(way, {
        theirs: answer.differences.some(({ direction, breaking }) => direction === way && breaking),
        ours: inWay(ours, way),
        found: inWay(changes, way),
      }),
    )
  for (const verdict of ['disagrees', 'agrees', 'no-answer'] as const) {
    const told = opinions.filter((opinion) => opinion.verdict === verdict)
    if (told.length > 0) return { verdict, sentence: told.map(({ sentence }) => sentence).join(' ') }
  }
  return outsideItsView
}

interface Verdicts {
  readonly theirs: boolean
  /** Of our differ, on the documents that the tool was asked about. */
  readonly ours: readonly UnplacedChange[]
  /** Of our differ, on the description. */
  readonly found: readonly UnplacedChange[]
}

function judge(way: Way, { theirs, ours, found }: Verdicts): Opinion {
  if (isAlarm(ours) !== isAlarm(found))
    return { ...outsideItsView, sentence: `What matters in ${bodies[way]} is nothing that it compares.` }
  if (theirs === isAlarm(ours) || (!theirs && !isBreaking(ours))) return agreement(way, theirs)
  if (!theirs)
    return {
      verdict: 'disagrees',
      sentence: `It finds nothing in ${bodies[way]} that breaks a client, where a breaking change is reported.`,
    }
  return ours.some(({ rule }) => rule === 'request-property-added')
    ? {
        verdict: 'no-answer',
        sentence: 'It counts every new property of a request as breaking, so its verdict on the request body says nothing.',
      }
    : { verdict: 'disagrees', sentence: `It says that ${bodies[way]} changed in a way that breaks clients, where none is reported.` }
}

function agreement(way: Way, theirs: boolean): Opinion {
  const sentence = theirs
    ? `It, too, says that ${bodies[way]} changed in a way that breaks clients.`
    : `It finds nothing in ${bodies[way]} that breaks a client, either.`
  return { verdict: 'agrees', sentence }
}

function inWay(changes: readonly UnplacedChange[], way: Way): readonly UnplacedChange[] {
  return changes.filter(({ direction }) => direction === way || direction === 'both')
}

function isBreaking(changes: readonly UnplacedChange[]): boolean {
  return changes.some((change) => change.class === 'breaking')
}

function isAlarm(changes: readonly UnplacedChange[]): boolean {
  return changes.some((change) => change.class === 'breaking' || change.class === 'dangerous')
}
