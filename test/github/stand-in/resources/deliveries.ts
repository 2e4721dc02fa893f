/** The app's delivery log: what was sent, what came back, and sending it again. */
import { numberOf, ok, type Answer, type Context, type Routes } from '../context.ts'
import { redeliver } from '../deliveries.ts'
import { ApiError, notFound } from '../errors.ts'
import type { Delivery } from '../state.ts'

type Json = Record<string, unknown>

function item(delivery: Delivery): Json {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: delivery.deliveredAt,
    redelivery: delivery.redelivery,
    duration: delivery.durationSeconds,
    status: delivery.status ?? 'pending',
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action,
    installation_id: delivery.installationId,
    repository_id: delivery.repositoryId,
    throttled_at: null,
  }
}

/** Newest first, cut by a cursor instead of a page number. */
function listDeliveries({ world, query }: Context): Answer {
  const wanted = query.get('status')
  const before = Number(/^v1_(\d+)$/.exec(query.get('cursor') ?? '')?.[1] ?? Infinity)
  if (query.has('cursor') && before === Infinity) throw new ApiError(400, 'Bad cursor')
  const size = Math.min(100, Number(query.get('per_page') ?? 30))
  const finished = world.deliveries.filter(({ status, id }) => status !== null && id < before)
  const matching = finished.filter(({ status }) => wanted === null || (wanted === 'success') === (status === 'OK')).reverse()
  const page = matching.slice(0, size)
  const last = page.at(-1)
  const answer = ok(page.map(item))
  if (last === undefined || matching.length <= size) return answer
  const parameters = new URLSearchParams(query)
  parameters.set('cursor', `v1_${last.id}`)
  return { ...answer, headers: { link: `<${world.apiUrl}/app/hook/deliveries?${parameters.toString()}>; rel="next"` } }
}

function byId(context: Context): Delivery {
  const found = context.world.deliveries.find(({ id }) => id === numberOf(context, 'delivery_id'))
  if (found === undefined) throw notFound()
  return found
}

export const deliveryRoutes: Routes = {
  'apps/get-webhook-config-for-app': ({ world }) =>
    ok({ url: world.webhook.url ?? '', content_type: 'json', insecure_ssl: '0', secret: '********' }),
  'apps/list-webhook-deliveries': listDeliveries,
  'apps/get-webhook-delivery': (context) => {
    const delivery = byId(context)
    return ok({
      ...item(delivery),
      url: context.world.webhook.url ?? '',
      request: { headers: delivery.requestHeaders, payload: delivery.payload },
      response: { headers: delivery.responseHeaders, payload: delivery.responseBody },
    })
  },
  'apps/redeliver-webhook-delivery': (context) => {
    void redeliver(context.world, byId(context))
    return { status: 202, body: {} }
  },
}
