/** Rules about what the server sends on its own: callbacks and webhooks. */
import { rules } from './rule.ts'

export const eventRules = [
  ...rules({ object: 'webhook' }, [
    {
      id: 'webhook-removed',
      title: 'A webhook was removed',
      action: 'removed',
      effect: 'narrows',
      message: '{Where} was removed{reason}.',
      why: 'Subscribers get nothing any more.',
      fix: 'Keep sending the event and deprecate it first.',
    },
    {
      id: 'webhook-added',
      title: 'A webhook was added',
      action: 'added',
      effect: 'widens',
      message: '{Where} was added.',
      why: 'Nobody subscribes to it yet.',
    },
  ]),
  ...rules({ object: 'callback' }, [
    {
      id: 'callback-removed',
      title: 'A callback was removed',
      action: 'removed',
      effect: 'narrows',
      message: '{Where} was removed{reason}.',
      why: 'Clients that wait to be called wait in vain.',
      fix: 'Keep calling back and deprecate it first.',
    },
    {
      id: 'callback-added',
      title: 'A callback was added',
      action: 'added',
      effect: 'widens',
      message: '{Where} was added.',
      why: 'Clients that do not ask for it are not called.',
    },
    {
      id: 'callback-url-changed',
      title: 'The URL expression of a callback changed',
      aspect: 'url',
      effect: 'behaves',
      message: 'The URL of {where} was {from} and is now {to}.',
      why: 'The server calls another address than clients expect; an address taken from the request lets them choose whom the server calls.',
      fix: 'Keep the expression, and check the address before calling it.',
      example: { from: '`{$request.body#/callbackUrl}`', to: '`{$request.query.url}`' },
    },
  ]),
]
