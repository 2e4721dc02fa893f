/** Cuts lists into pages and writes the `Link` header. */

/** GitHub's default page size (REST, "Using pagination"). */
const defaultPerPage = 30
const maximumPerPage = 100

interface Page {
  readonly items: readonly unknown[]
  /** '' when everything fits one page. */
  readonly link: string
}

export function cutPage(
  items: readonly unknown[],
  { query, url, perPage = defaultPerPage }: { query: URLSearchParams; url: string; perPage?: number | undefined },
): Page {
  const size = Math.min(maximumPerPage, Math.max(1, Number(query.get('per_page') ?? perPage) || perPage))
  const page = Math.max(1, Number(query.get('page') ?? 1) || 1)
  const last = Math.max(1, Math.ceil(items.length / size))
  const to = (target: number, relation: string): string => {
    const parameters = new URLSearchParams(query)
    parameters.set('page', String(target))
    return `<${url}?${parameters.toString()}>; rel="${relation}"`
  }
  const links = [
    ...(page > 1 ? [to(Math.min(page - 1, last), 'prev')] : []),
    ...(page < last ? [to(page + 1, 'next'), to(last, 'last')] : []),
    ...(page > 1 ? [to(1, 'first')] : []),
  ]
  return { items: items.slice((page - 1) * size, page * size), link: links.join(', ') }
}
