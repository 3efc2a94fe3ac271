/** What a process has used, as Linux tells. */
import { readdirSync, readFileSync } from 'node:fs'

const TICKS_A_SECOND = 100

/** Behind the name, which may hold spaces: parent is the 2nd, user and system time the 12th and 13th, of children waited for the 14th and 15th. */
const fieldsOf = (pid: number): string[] => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
const kbOf = (pid: number, name: string): number =>
  Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)

export function cpuSOf(pid: number): number {
  const fields = fieldsOf(pid)
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND
}
/** The most that it has had in memory at a time. */
export const peakMbOf = (pid: number): number => kbOf(pid, 'VmHWM') / 1024

/** A process with its children, those that have ended too. `mb`: now, what they share counted once. */
export function familyOf(pid: number): { readonly cpuS: number; readonly mb: number } {
  const children = readdirSync('/proc').flatMap((name) => {
    const child = Number(name)
    try {
      return Number.isInteger(child) && Number(fieldsOf(child)[1]) === pid ? [child] : []
    } catch {
      return []
    }
  })
  const fields = fieldsOf(pid)
  const ended = (Number(fields[13]) + Number(fields[14])) / TICKS_A_SECOND
  let [cpuS, own, shared] = [cpuSOf(pid) + ended, kbOf(pid, 'RssAnon'), kbOf(pid, 'RssShmem')]
  for (const child of children) {
    try {
      cpuS += cpuSOf(child)
      own += kbOf(child, 'RssAnon')
      shared = Math.max(shared, kbOf(child, 'RssShmem'))
    } catch {
      // it has just ended, and counts with its parent from now on
    }
  }
  return { cpuS, mb: (own + shared) / 1024 }
}
