/** The contract as one page of HTML: no script, no style from elsewhere, readable offline and by a screen reader. Searching is a form. */
import type { Locale } from '../../solver/index.ts'
import { CODES } from '../codes.ts'
import type { Contract, Operation, Schema } from './describe.ts'
import { KOREAN, PAGE_WORDS, SIGNATURE_EXAMPLE, TAGS } from './words.ts'

/** Deeper than this a schema is for generators. */
const MAX_DEPTH = 3

const safe = (text: unknown): string => String(text).replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
const json = (value: unknown): string => `<pre><code>${safe(JSON.stringify(value, null, 2))}</code></pre>`

interface Entry {
  readonly method: string
  readonly path: string
  readonly operation: Operation
  readonly tag: string
}

const entriesOf = ({ paths }: Contract): Entry[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method,
      path,
      operation,
      tag: operation.tags?.[0] ?? 'service',
    })),
  )

const titleOf = ({ operation }: Entry, locale: Locale): string =>
  (locale === 'ko' ? KOREAN[operation.operationId ?? ''] : undefined) ?? operation.summary ?? ''

/** All words that were asked for, somewhere in what there is to say of it. */
function isMeant(entry: Entry, wanted: string): boolean {
  const { method, path, operation } = entry
  const parameters = (operation.parameters ?? []).map(({ name }) => name).join(' ')
  const text = `${method} ${path} ${operation.operationId} ${operation.summary} ${operation.description} ${titleOf(entry, 'ko')} ${parameters}`
  return wanted
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.toLowerCase().includes(word))
}

function typeOf(schema: Schema): string {
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' | ')
  if (schema.type === 'array') return `${schema.items ? typeOf(schema.items) : ''}[]`
  return String(schema.type ?? 'any')
}

function renderSchema(schema: Schema, needed: string, depth = 0): string {
  const inner = schema.type === 'array' ? schema.items : schema
  if (!inner?.properties || depth >= MAX_DEPTH) return ''
  const rows = Object.entries(inner.properties).map(([name, member]) => {
    const marks = inner.required?.includes(name) ? ` <em>${needed}</em>` : ''
    const usual = member.default === undefined ? '' : ` = ${safe(JSON.stringify(member.default))}`
    const about = member.description ? ` ${safe(member.description)}` : ''
    const type = `<span class="type">${safe(typeOf(member))}${usual}</span>`
    return `<li><code>${safe(name)}</code> ${type}${marks}${about}${renderSchema(member, needed, depth + 1)}</li>`
  })
  return `<ul>${rows.join('')}</ul>`
}

function curlOf({ method, path, operation }: Entry, origin: string): string {
  const body = operation.requestBody?.content['application/json']
  const lines = [`curl ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}'${origin}${path}'`]
  if (operation.requestBody && !body) lines.push("-H 'content-type: text/csv' --data-binary @orders.csv")
  if (body) {
    const text =
      body.example === undefined ? '@body.json' : `'${JSON.stringify(body.example).replaceAll("'", "'\\''")}'`
    lines.push("-H 'content-type: application/json'", `--data ${text}`)
  }
  return lines.join(' \\\n  ')
}

function renderEntry(entry: Entry, locale: Locale, origin: string, open: boolean): string {
  const words = PAGE_WORDS[locale]
  const { method, path, operation } = entry
  const parameters = (operation.parameters ?? []).map(({ name, in: place, required, schema, description }) => {
    const marks = required ? ` <em>${words.needed}</em>` : ''
    return `<li><code>${safe(name)}</code> <span class="type">${safe(place)}, ${safe(typeOf(schema ?? {}))}</span>${marks} ${safe(description ?? '')}</li>`
  })
  const bodies = Object.entries(operation.requestBody?.content ?? {}).map(([type, { schema, example }]) => {
    const shown = example === undefined ? '' : `<h5>${words.example}</h5>${json(example)}`
    return `<p><code>${safe(type)}</code></p>${schema ? renderSchema(schema, words.needed) : ''}${shown}`
  })
  const answers = Object.entries(operation.responses).map(([status, answer]) => {
    if ('$ref' in answer) return `<li><b>${safe(status)}</b> <a href="#refusals">${words.codes}</a></li>`
    const content = Object.entries(answer.content ?? {}).map(([type, { schema, example }]) => {
      const shown = example === undefined ? '' : `<h5>${words.example}</h5>${json(example)}`
      return `<code>${safe(type)}</code>${schema ? renderSchema(schema, words.needed) : ''}${shown}`
    })
    return `<li><b>${safe(status)}</b> ${safe(answer.description)} ${content.join('')}</li>`
  })
  return [
    `<details id="${safe(operation.operationId ?? '')}"${open ? ' open' : ''}>`,
    `<summary><b class="${safe(method)}">${safe(method.toUpperCase())}</b> <code>${safe(path)}</code> ${safe(titleOf(entry, locale))}</summary>`,
    `<p lang="en">${safe(operation.description ?? '')}</p>`,
    parameters.length > 0 ? `<h4>${words.parameters}</h4><ul>${parameters.join('')}</ul>` : '',
    bodies.length > 0 ? `<h4>${words.body}</h4>${bodies.join('')}` : '',
    `<h4>${words.answers}</h4><ul>${answers.join('')}</ul>`,
    `<h4>curl</h4><pre><code>${safe(curlOf(entry, origin))}</code></pre>`,
    '</details>',
  ].join('')
}

function renderCodes(locale: Locale): string {
  const words = PAGE_WORDS[locale]
  const rows = Object.entries(CODES).map(
    ([code, { statuses, remedy }]) =>
      `<tr><td><code>${safe(code)}</code></td><td>${statuses.join(', ')}</td><td>${safe(remedy[locale])}</td></tr>`,
  )
  const head = `<tr><th scope="col">${words.code}</th><th scope="col">${words.status}</th><th scope="col">${words.remedy}</th></tr>`
  return `<section id="refusals"><h2>${words.codes}</h2><table><thead>${head}</thead><tbody>${rows.join('')}</tbody></table></section>`
}

export interface PageOptions {
  readonly locale: Locale
  /** What is searched for; empty: everything is shown. */
  readonly wanted: string
  /** Where the service is reached, for what can be copied. */
  readonly origin: string
}

export function renderDocs(contract: Contract, { locale, wanted, origin }: PageOptions): string {
  const words = PAGE_WORDS[locale]
  const other = locale === 'ko' ? 'en' : 'ko'
  const searched = wanted.trim()
  const meant = entriesOf(contract).filter((entry) => searched === '' || isMeant(entry, searched))
  const byTag = Map.groupBy(meant, ({ tag }) => tag)
  const sections = [...byTag].map(
    ([tag, entries]) =>
      `<section><h2>${safe(TAGS[tag]?.[locale] ?? tag)}</h2>${entries.map((entry) => renderEntry(entry, locale, origin, searched !== '' && meant.length <= 3)).join('')}</section>`,
  )
  const rules = words.about.map((line) => `<li>${safe(line)}</li>`).join('')
  const query = searched === '' ? '' : `&amp;q=${encodeURIComponent(searched)}`
  return [
    `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">`,
    `<title>${words.title}</title><link rel="stylesheet" href="/api/docs.css"></head><body>`,
    `<header><h1>${words.title} <small>${safe(contract.info.version)}</small></h1>`,
    `<nav><a href="/api/docs?lang=${other}${query}" hreflang="${other}" lang="${other}">${words.other}</a> <a href="/api/openapi.json">OpenAPI 3.1</a></nav>`,
    `<form role="search" action="/api/docs"><input type="hidden" name="lang" value="${locale}">`,
    `<label>${words.search} <input type="search" name="q" value="${safe(searched)}" maxlength="100"></label> <button>${words.find}</button>`,
    searched === '' ? '' : ` <a href="/api/docs?lang=${locale}">${words.all}</a>`,
    `</form></header><main>`,
    searched === '' ? `<section><h2>${words.rules}</h2><ul>${rules}</ul></section>` : '',
    meant.length === 0 ? `<p role="status">${words.none}</p>` : sections.join(''),
    searched === ''
      ? `<section><h2>${words.webhooks}</h2><pre><code>${safe(SIGNATURE_EXAMPLE)}</code></pre></section>`
      : '',
    renderCodes(locale),
    '</main></body></html>',
  ].join('')
}

export const DOCS_CSS = `
@font-face { font-family: Pretendard; src: local('Pretendard Variable'), url('/api/docs.woff2'); font-weight: 45 920; font-display: swap }
body { font: 16px/1.6 Pretendard, system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; color: #1b1f24; background: #fff; overflow-wrap: anywhere }
h1 small { font-weight: normal; color: #57606a } h2 { margin-top: 2rem } h4, h5 { margin: .8rem 0 .2rem }
nav a { margin-right: 1rem } a { color: #0550ae } form { margin: 1rem 0 } input, button { font: inherit; padding: .3rem .6rem }
details { border: 1px solid #d0d7de; border-radius: 6px; margin: .4rem 0; padding: .4rem .8rem } summary { cursor: pointer }
summary b { display: inline-block; min-width: 4.5rem } .get { color: #0a5d2c } .post { color: #0550ae } .put, .patch { color: #7a4100 } .delete { color: #a40e26 }
code, pre { font-family: ui-monospace, monospace; font-size: .9em } pre { background: #f6f8fa; padding: .8rem; overflow: auto; border-radius: 6px }
.type { color: #57606a } em { color: #a40e26; font-style: normal } ul { padding-left: 1.2rem; margin: .2rem 0 }
table { border-collapse: collapse } td, th { border: 1px solid #d0d7de; padding: .3rem .6rem; text-align: left; vertical-align: top }
@media (prefers-color-scheme: dark) {
  body { color: #e6edf3; background: #0d1117 } a { color: #79c0ff } pre { background: #161b22 } details, td, th { border-color: #3d444d }
  h1 small, .type { color: #9198a1 } .get { color: #56d364 } .post { color: #79c0ff } .put, .patch { color: #f0b072 } .delete, em { color: #ff9492 }
}
`
