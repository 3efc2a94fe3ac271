import { createHash } from 'node:crypto'

/** The same whatever the order of keys was. */
export function fingerprint(value: unknown): string {
  const sorted = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(sorted)
    if (typeof one !== 'object' || one === null) return one
    const entry = one as Readonly<Record<string, unknown>>
    return Object.fromEntries(
      Object.keys(entry)
        .toSorted()
        .map((key) => [key, sorted(entry[key])]),
    )
  }
  return createHash('sha256')
    .update(JSON.stringify(sorted(value)))
    .digest('hex')
    .slice(0, 32)
}
