import { isHoliday } from '@hyunbinseo/holidays-kr'
import dayjs from 'dayjs'

/** Monday to Friday and no public holiday of Korea; of years whose holidays are not known: Monday to Friday. */
async function isWorkingDay(day: dayjs.Dayjs): Promise<boolean> {
  if (day.day() === 0 || day.day() === 6) return false
  try {
    return !(await isHoliday(day.format('YYYY-MM-DD')))
  } catch (error) {
    if (error instanceof RangeError) return true
    throw error
  }
}

/** From an ISO date on. */
export async function workingDays(from: string, count: number): Promise<string[]> {
  const dates: string[] = []
  for (let day = dayjs(from); dates.length < count; day = day.add(1, 'day'))
    if (await isWorkingDay(day)) dates.push(day.format('YYYY-MM-DD'))
  return dates
}

/** From an ISO date to another, both with it. */
export async function workingDaysBetween(from: string, to: string): Promise<string[]> {
  const dates: string[] = []
  for (let day = dayjs(from); !day.isAfter(dayjs(to)); day = day.add(1, 'day'))
    if (await isWorkingDay(day)) dates.push(day.format('YYYY-MM-DD'))
  return dates
}
