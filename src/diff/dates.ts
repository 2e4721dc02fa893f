/** Calendar days, without a clock. */

const isoDate = /^(\d{4})-(\d{2})-(\d{2})(?:$|[T ])/

/** `2031-12-31` from an ISO date or instant; null for anything else, days that no calendar has included. */
export function calendarDay(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const match = isoDate.exec(value.trim())
  if (match === null) return null
  const [, year = '', month = '', day = ''] = match
  const isDay = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= daysIn(Number(year), Number(month))
  return isDay ? `${year}-${month}-${day}` : null
}

/** Days from one calendar day to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from)
}

function daysIn(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
}

/** Days since the first of March of the year 0 (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms"). */
function dayNumber(day: string): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + date - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
}
