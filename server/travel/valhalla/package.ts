/** The optional package that carries Valhalla: where it is, what it can, and in words what is missing. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { dirname, join } from 'node:path'
import { Refusal } from '../../errors.ts'

const PACKAGE = '@valhallajs/valhallajs'
const INSTALL = `npm install --no-save ${PACKAGE}@3.6.1`
/** What `lib/binary-path.js` of 3.6 knows. */
const BUILDS = ['linux/x64', 'linux/arm64', 'darwin/arm64']

/** The part of it that is used; questions and answers are JSON. */
export interface Engine {
  readonly Actor: new (config: string) => EngineActor
  readonly VALHALLA_VERSION: string
}

interface EngineActor {
  matrix(request: string): Promise<string>
  route(request: string): Promise<string>
  traceAttributes(request: string): Promise<string>
  locate(request: string): Promise<string>
  status(request: string): Promise<string>
}

export interface EnginePackage {
  /** Folder of the programs for this platform. */
  readonly binaries: string
  readonly version: string
}

/** Throws a Refusal where it cannot be used here. Loads no native code. */
export function findEngine(host = `${platform()}/${arch()}`, resolve = resolvePackage): EnginePackage {
  if (!BUILDS.includes(host)) {
    throw new Refusal(503, 'roads.platform', {
      ko: `이 컴퓨터(${host})에서 도는 Valhalla 가 없습니다(있는 것: ${BUILDS.join(', ')}). 다른 컴퓨터에서 Valhalla 서비스를 열고 그 주소를 쓰세요.`,
      en: `There is no build of Valhalla for this computer (${host}; there are ${BUILDS.join(', ')}). Run a Valhalla service on another one and use its address.`,
    })
  }
  const folder = resolve()
  if (folder === undefined) {
    throw new Refusal(503, 'roads.notInstalled', {
      ko: `도로 엔진이 설치되어 있지 않습니다. 이 명령으로 설치하세요: ${INSTALL}`,
      en: `The road engine is not installed. Install it: ${INSTALL}`,
    })
  }
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
  return { binaries: join(folder, host), version }
}

function resolvePackage(): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve(PACKAGE))
  } catch {
    return undefined
  }
}

/** `told`: by the loader of the system, as "error while loading shared libraries: libbsd.so.0: cannot open shared object file". */
export function libraryRefusal(told: string): Refusal | undefined {
  const library = /(lib[\w.+-]+\.so[\w.]*): cannot open shared object/.exec(told)?.[1]
  if (library === undefined) return undefined
  const debian = library.replace(/\.so\.?/, '')
  return new Refusal(503, 'roads.library', {
    ko: `도로 엔진이 쓰는 시스템 라이브러리 ${library} 가 없습니다. 데비안과 우분투에서는 apt-get install ${debian} 으로 설치합니다.`,
    en: `The road engine needs the system library ${library}, which is missing. On Debian and Ubuntu: apt-get install ${debian}.`,
  })
}
