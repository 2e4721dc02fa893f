/** Points in time as milliseconds since 1970-01-01 UTC, computed from ISO 8601 texts without a clock (ISO 8601; Gregorian calendar). */

export const dayMs = 86_400_000
const hourMs = 3_600_000

const instantFormat = /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:([Zz])|([+-])(\d{2}):?(\d{2}))?)?$/

/** Reads a date (its first moment, UTC) or a date with time and offset. A time without offset is UTC. Null when it is none. */
export function readInstant(text: string): number | null {
  const parts = instantFormat.exec(text)
  if (parts === null) return null
  const number = (index: number) => Number(parts[index] ?? 0)
  const day = readDay(number(1), number(2), number(3))
  const time = readTime(number(4), number(5), number(6))
  const offset = readTime(number(10), number(11), 0)
  if (day === null || time === null || offset === null) return null
  const fraction = Math.floor(Number(`0.${parts[7] ?? '0'}`) * 1000)
  return day * dayMs + time + fraction - (parts[9] === '-' ? -offset : offset)
}

/** Days since 1970-01-01; null for a day that does not exist. */
function readDay(year: number, month: number, day: number): number | null {
  const exists = month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
  return exists ? daysSince1970(year, month, day) : null
}

/** Milliseconds since midnight. ISO 8601 allows 24:00 and leap seconds. */
function readTime(hour: number, minute: number, second: number): number | null {
  return hour <= 24 && minute <= 59 && second <= 60 ? hour * hourMs + minute * 60_000 + second * 1000 : null
}

/** The last moment of a date, UTC; null when the text is no date. */
export function readEndOfDay(date: string): number | null {
  const start = /^\d{4}-\d{2}-\d{2}$/.test(date) ? readInstant(date) : null
  return start === null ? null : start + dayMs - 1
}

const durationUnits: Readonly<Record<string, number>> = { h: hourMs, d: dayMs, w: 7 * dayMs }

/** Reads `12h`, `90d` or `26w` as milliseconds; null when it is none. */
export function readDuration(text: string): number | null {
  const parts = /^([1-9]\d{0,3})([hdw])$/.exec(text)
  const unit = durationUnits[parts?.[2] ?? '']
  return parts === null || unit === undefined ? null : Number(parts[1]) * unit
}

/** The date of an instant, UTC: `2026-11-22`. */
export function dateOf(instant: number): string {
  const { year, month, day } = civilDate(Math.floor(instant / dayMs))
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

function daysInMonth(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
}

/** Days in a 400-year cycle of the Gregorian calendar, and from 0000-03-01 to 1970-01-01. */
const daysInCycle = 146_097
const daysBefore1970 = 719_468

function daysSince1970(year: number, month: number, day: number): number {
  const yearFromMarch = month <= 2 ? year - 1 : year
  const cycle = Math.floor(yearFromMarch / 400)
  const yearOfCycle = yearFromMarch - cycle * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfCycle = yearOfCycle * 365 + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100) + dayOfYear
  return cycle * daysInCycle + dayOfCycle - daysBefore1970
}

function civilDate(days: number): { year: number; month: number; day: number } {
  const shifted = days + daysBefore1970
  const cycle = Math.floor(shifted / daysInCycle)
  const dayOfCycle = shifted - cycle * daysInCycle
  const yearOfCycle = Math.floor(
    (dayOfCycle - Math.floor(dayOfCycle / 1460) + Math.floor(dayOfCycle / 36_524) - Math.floor(dayOfCycle / 146_096)) / 365,
  )
  const dayOfYear = dayOfCycle - (365 * yearOfCycle + Math.floor(yearOfCycle / 4) - Math.floor(yearOfCycle / 100))
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  return { year: yearOfCycle + cycle * 400 + (month <= 2 ? 1 : 0), month, day }
}
