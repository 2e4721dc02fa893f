/** What applies without any file: advice only, so that a first installation stops nobody. */
import type { Policy } from './written-policy.ts'

export const builtInAdvice: Policy = {
  version: 1,
  mode: 'advise',
  rules: [
    {
      name: 'breaking changes need an owner',
      why: 'Whoever answers for the API should know before its clients do.',
      when: { class: ['breaking'] },
      require: { approvals: [{ from: ['owners'] }] },
    },
    {
      name: 'weaker security and new exposure need an owner',
      why: 'What becomes readable or callable by more people is rarely meant to.',
      when: { security: ['weakening', 'exposure'] },
      require: { approvals: [{ from: ['owners'] }] },
    },
  ],
}
