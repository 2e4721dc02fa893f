/** A line chart as SVG, readable on light and dark pages. No more than the bench needs. */

export interface Line {
  readonly name: string
  readonly points: readonly (readonly [number, number])[]
}

export interface Chart {
  readonly title: string
  readonly x: string
  readonly y: string
  readonly lines: readonly Line[]
}

const [width, height] = [420, 260]
const edge = { left: 56, right: 12, top: 34, bottom: 44 }
const colours = ['#3b82f6', '#f97316', '#16a34a', '#a855f7']

/** The charts side by side. */
export function drawCharts(charts: readonly Chart[]): string {
  const parts = charts.map((chart, index) => `<g transform="translate(${index * width} 0)">${draw(chart)}</g>`)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${charts.length * width} ${height}" font-family="system-ui, sans-serif" font-size="11" fill="#64748b">`,
    ...parts,
    '</svg>',
    '',
  ].join('\n')
}

function draw({ title, x, y, lines }: Chart): string {
  const points = lines.flatMap((line) => line.points)
  const top = { x: Math.max(...points.map(([value]) => value)), y: Math.max(...points.map(([, value]) => value)) * 1.05 }
  const at = ([left, up]: readonly [number, number]): string =>
    `${(edge.left + (left / top.x) * (width - edge.left - edge.right)).toFixed(1)},${(height - edge.bottom - (up / top.y) * (height - edge.top - edge.bottom)).toFixed(1)}`
  const curves = lines.map(({ points: own }, index) => {
    const colour = colours[index % colours.length] ?? '#000'
    const dots = own.map((point) => {
      const [left, up] = at(point).split(',')
      return `<circle cx="${left ?? ''}" cy="${up ?? ''}" r="2.5" fill="${colour}"/>`
    })
    return `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${own.map(at).join(' ')}"/>${dots.join('')}`
  })
  const keys = lines.map(
    ({ name }, index) =>
      `<text x="${edge.left + 8}" y="${edge.top + 12 + index * 14}" fill="${colours[index % colours.length] ?? '#000'}">${name}</text>`,
  )
  const [axisLeft, axisBottom] = [edge.left, height - edge.bottom]
  return [
    `<text x="${edge.left}" y="18" font-size="13" font-weight="600">${title}</text>`,
    `<path d="M${axisLeft} ${edge.top}V${axisBottom}H${width - edge.right}" fill="none" stroke="#94a3b8"/>`,
    `<text x="${width - edge.right}" y="${axisBottom + 16}" text-anchor="end">${top.x.toFixed(top.x < 10 ? 1 : 0)}</text>`,
    `<text x="${axisLeft - 6}" y="${edge.top + 6}" text-anchor="end">${(top.y / 1.05).toFixed(0)}</text>`,
    `<text x="${axisLeft - 6}" y="${axisBottom}" text-anchor="end">0</text>`,
    `<text x="${(axisLeft + width) / 2}" y="${height - 10}" text-anchor="middle">${x}</text>`,
    `<text transform="translate(14 ${(edge.top + axisBottom) / 2}) rotate(-90)" text-anchor="middle">${y}</text>`,
    ...curves,
    ...keys,
  ].join('')
}
