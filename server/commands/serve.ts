import { DEFAULT_PORT, runService } from '../main.ts'
import { type Command, EXIT, readArguments, readNumber } from './command.ts'
import { chosenRoads, ROADS_OPTIONS, ROADS_STRINGS } from './roads.ts'

const form = 'serve --port 8080 --host 127.0.0.1'
const DEFAULT_HOST = '127.0.0.1'

export const serveCommand: Command = {
  form,
  summary: { ko: '화면과 API를 연다', en: 'open the web page and the API' },
  options: [
    ['--port 8080', { ko: '포트', en: 'port' }],
    [
      '--host 127.0.0.1',
      {
        ko: '주소. 이 컴퓨터에서만 여는 것이 기본이고, 다른 주소에서는 계정으로 로그인한다',
        en: 'address; this computer only by default, beyond it people sign in with accounts',
      },
    ],
    [
      '--workers 1',
      {
        ko: '이 프로세스에서 함께 돌릴 탐색의 수. 0: 맡지 않는다 (milkrun worker 가 한다)',
        en: 'searches at a time in this process; 0: none, milkrun worker does them',
      },
    ],
    [
      '--vroom-port 3000',
      { ko: 'VROOM 요청을 / 에서 받을 다른 포트', en: 'another port that takes VROOM requests at /' },
    ],
    ...ROADS_OPTIONS,
    [
      '--tiles FILE.pmtiles',
      {
        ko: '지도 아래에 깔 거리: 벡터 타일이 담긴 PMTiles 파일이나 http(s) 주소 (또는 MILKRUN_TILES). 기본: 간선 도로만',
        en: 'streets under the map: a PMTiles file of vector tiles, or an http(s) address of one (or MILKRUN_TILES); default: trunk roads only',
      },
    ],
    ['--demo', { ko: '예시 주문의 첫날을 바로 계획한다', en: 'plan the first day of the example orders at once' }],
  ],
  notes: {
    ko: '환경: MILKRUN_ROADS, MILKRUN_ROADS_FALLBACK 도로의 선택 · MILKRUN_TILES 지도의 거리 · MILKRUN_ACCOUNTS=on 이 컴퓨터에서도 계정을 쓴다 · MILKRUN_URL=https://… 사람들이 여는 주소 · MILKRUN_TRUSTED_PROXY=주소,… X-Forwarded-For 를 믿을 프록시 · MILKRUN_SECRET 쿠키를 서명하는 비밀 (없으면 자료 폴더에 만든다; 여러 컴퓨터가 한 데이터베이스를 쓰면 같은 값을 준다)',
    en: 'Environment: MILKRUN_ROADS, MILKRUN_ROADS_FALLBACK the choice of roads · MILKRUN_TILES streets of the map · MILKRUN_ACCOUNTS=on accounts on this computer, too · MILKRUN_URL=https://… the address that people open · MILKRUN_TRUSTED_PROXY=address,… proxies whose X-Forwarded-For is believed · MILKRUN_SECRET signs the cookies (made in the data folder unless given; several machines on one database are given the same)',
  },
  async run(args, terminal) {
    const strings = {
      port: { type: 'string' },
      host: { type: 'string' },
      workers: { type: 'string' },
      demo: { type: 'boolean' },
      'vroom-port': { type: 'string' },
      tiles: { type: 'string' },
      ...ROADS_STRINGS,
    } as const
    const { values } = readArguments(args, form, strings, 0)
    const port = readNumber('port', values.port, form, { min: 0, max: 65_535, whole: true }) ?? DEFAULT_PORT
    const workers = readNumber('workers', values.workers, form, { min: 0, max: 256, whole: true })
    const vroomPort = readNumber('vroom-port', values['vroom-port'], form, { min: 1, max: 65_535, whole: true })
    const host = values.host ?? DEFAULT_HOST
    const onListening = (boundPort: number, setup: string | undefined) => {
      const address = `http://${host.includes(':') ? `[${host}]` : host}:${boundPort}`
      terminal.print(`milkrun: ${address} 에서 열렸습니다 · open at ${address} (Ctrl+C)`)
      if (setup === undefined) return
      terminal.print(
        `첫 관리자는 여기서 비밀번호를 정합니다 (한 번) · the first administrator sets a password here (once):`,
      )
      terminal.print(setup)
    }
    await runService({
      locale: terminal.locale,
      host,
      port,
      demo: values.demo ?? false,
      workers,
      vroomPort,
      tiles: values.tiles,
      provider: await chosenRoads(values, terminal.locale),
      onListening,
      note: terminal.note,
    })
    return EXIT.done
  },
}
