/** Rules about the description as a whole. */
import { rules } from './rule.ts'

const unchanged = 'No request and no response changes.'
const documentation = { aspect: 'documentation', effect: 'annotates' as const, why: unchanged }

export const documentRules = [
  ...rules({ object: 'api' }, [
    {
      id: 'api-removed',
      title: 'A whole API description was removed',
      action: 'removed',
      effect: 'narrows',
      message: '{Where} was removed with {reason}.',
      why: 'Every client of the API loses it, or at least its description.',
      fix: 'Deprecate the operations with `x-sunset` dates first.',
      example: { where: 'the API `Shop`', reason: '12 operations' },
    },
    {
      id: 'api-added',
      title: 'A whole API description was added',
      action: 'added',
      effect: 'widens',
      message: '{Where} was added with {reason}.',
      why: 'Nobody calls it yet, but it is new surface that somebody must own and protect.',
      example: { where: 'the API `Shop`', reason: '12 operations' },
    },
    {
      id: 'api-version-changed',
      title: 'The version of the API changed',
      ...documentation,
      message: 'The version of the API changed from {from} to {to}.',
      example: { from: '`1.0.0`', to: '`1.1.0`' },
    },
    {
      id: 'api-version-too-low',
      title: 'The version of the API did not move as its changes demand',
      aspect: 'version',
      effect: 'behaves',
      message: 'The version of the API {change}, but {reason}.',
      why: 'Clients read from the version whether they can move on without a look: a break under a harmless number meets them unprepared.',
      fix: 'Raise `info.version` as far as the changes demand, or take the changes back that demand it.',
      example: { change: 'went from `1.0.0` to `1.1.0`', reason: '2 breaking changes demand the next major version' },
    },
    {
      id: 'api-documentation-changed',
      title: 'The documentation of the API changed',
      ...documentation,
      message: 'The {name} of the API changed.',
      example: { name: '`info/description`' },
    },
    {
      id: 'api-extension-changed',
      title: 'An extension of the API changed',
      ...documentation,
      message: 'The extension {name} of the API changed.',
      example: { name: '`x-audience`' },
    },
  ]),
  ...rules({ object: 'component' }, [
    {
      ...documentation,
      id: 'component-added',
      title: 'A component was added that no operation uses',
      action: 'added',
      message: 'The component {name} was added; no operation uses it.',
      example: { name: '`schemas/Order`' },
    },
    {
      ...documentation,
      id: 'component-removed',
      title: 'A component was removed that no operation used',
      action: 'removed',
      message: 'The component {name} was removed; no operation used it.',
      example: { name: '`schemas/Order`' },
    },
    {
      ...documentation,
      id: 'component-changed',
      title: 'A component changed that no operation uses',
      message: 'The component {name} changed; no operation uses it.',
      example: { name: '`schemas/Order`' },
    },
  ]),
]
