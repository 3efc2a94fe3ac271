/** What of WCAG 2.2 AA a program can tell, and texts in the other language, of a page as it is. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What breaks WCAG 2.2 AA as far as a program can tell, one line a rule and place. */
export async function breaches(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  return await page.evaluate(async (tags) => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') }
    const { violations } = await axe.run(document, { runOnly: tags, resultTypes: ['violations'] })
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary}`),
    )
  }, RULES)
}

/** Texts, labels and titles of an English page with Hangul in them, that are no data: what stands in the problem comes as it is. */
export async function untranslated(page: Page, data: string): Promise<string[]> {
  const said = await page.evaluate(() => {
    const found: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (!node.parentElement?.closest('[lang=ko]')) found.push(node.textContent ?? '')
    for (const element of document.querySelectorAll('body *:not([lang=ko])'))
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) found.push(element.getAttribute(name) ?? '')
    return found.filter((text) => /[가-힣]/.test(text))
  })
  return [...new Set(said)]
    .flatMap((text) => text.match(/[가-힣][가-힣A-Z0-9]*/g) ?? [])
    .filter((word) => !data.includes(word))
}
