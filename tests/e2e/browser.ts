/**
 * A real browser from npm alone. @sparticuz/chromium carries its own shared libraries, which it unpacks and puts on the
 * library path only where it believes itself on Amazon Linux: hence the variable. CHROMIUM=/path takes another browser.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const packageFile = join(import.meta.dirname, '../../node_modules/@sparticuz/chromium/package.json')

const FLAGS = [
  '--no-sandbox',
  // WebGL without a graphics card
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--disable-background-networking',
  '--no-first-run',
  // letters at fractions of a pixel, as on a real screen
  '--font-render-hinting=none',
]

export async function launchBrowser(): Promise<Browser> {
  return await chromium.launch({ executablePath: process.env.CHROMIUM ?? (await unpackBrowser()), args: FLAGS })
}

/** Unpacks once per version into a folder of ours; a run that was killed half-way leaves no `ready`, and is done again. */
async function unpackBrowser(): Promise<string> {
  const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string }
  const folder = join(tmpdir(), `milkrun-chromium-${version}`)
  const ready = join(folder, 'ready')
  if (!existsSync(ready)) rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })

  const { TMPDIR } = process.env
  process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs22.x'
  process.env.TMPDIR = folder
  try {
    const path = await (await import('@sparticuz/chromium')).default.executablePath()
    nameFonts(folder)
    writeFileSync(ready, '')
    return path
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = TMPDIR
  }
}

/**
 * Its own list of fonts names /tmp/fonts, where another folder is not looked into: without any font the browser ends at the first letter
 * that is drawn before those of the page have arrived, as it does where the cores are taken.
 */
function nameFonts(folder: string): void {
  const lines = ['<?xml version="1.0"?>', '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">']
  const [fonts, cache] = [join(folder, 'fonts', 'fonts'), join(folder, 'fonts-cache')]
  lines.push(`<fontconfig><dir>${fonts}</dir><cachedir>${cache}</cachedir></fontconfig>`)
  writeFileSync(join(folder, 'fonts', 'fonts.conf'), `${lines.join('\n')}\n`)
}
