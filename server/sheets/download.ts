/** What a browser is told about a file that it is to save. */

export const FILE_TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  pdf: 'application/pdf',
  geojson: 'application/geo+json; charset=utf-8',
  gpx: 'application/gpx+xml; charset=utf-8',
} as const

/** RFC 6266 with the name in RFC 5987: Hangul for those who can read it, and what is left of it in ASCII for the rest. */
export function contentDisposition(name: string): string {
  const clean = name.replace(/[\p{Cc}/\\]/gu, '_')
  const left = clean
    .replace(/[^\x20-\x7e]|["%]/g, ' ')
    .replace(/ +/g, ' ')
    .replace(/ (?=\.\w+$)/, '')
    .trim()
  const ascii = /^(\.|$)/.test(left) ? `milkrun${left}` : left
  const encoded = encodeURIComponent(clean).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
