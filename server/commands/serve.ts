import { isLoopback } from '../loopback.ts'
import { runService } from '../main.ts'
import { type Command, EXIT, readArguments, readNumber } from './command.ts'

const form = 'serve --port 8080 --host 127.0.0.1'
const DEFAULT_PORT = 8080
const DEFAULT_HOST = '127.0.0.1'

export const serveCommand: Command = {
  form,
  summary: { ko: '화면과 API를 연다', en: 'open the web page and the API' },
  options: [
    ['--port 8080', { ko: '포트', en: 'port' }],
    [
      '--host 127.0.0.1',
      {
        ko: '주소. 계정이 아직 없으니 이 컴퓨터에서만 여는 것이 기본',
        en: 'address; there are no accounts yet, so this computer only by default',
      },
    ],
    [
      '--workers 1',
      {
        ko: '이 프로세스에서 함께 돌릴 탐색의 수. 0: 맡지 않는다 (milkrun worker 가 한다)',
        en: 'searches at a time in this process; 0: none, milkrun worker does them',
      },
    ],
    ['--demo', { ko: '예시 주문의 첫날을 바로 계획한다', en: 'plan the first day of the example orders at once' }],
  ],
  async run(args, terminal) {
    const strings = {
      port: { type: 'string' },
      host: { type: 'string' },
      workers: { type: 'string' },
      demo: { type: 'boolean' },
    } as const
    const { values } = readArguments(args, form, strings, 0)
    const port = readNumber('port', values.port, form, { min: 0, max: 65_535, whole: true }) ?? DEFAULT_PORT
    const workers = readNumber('workers', values.workers, form, { min: 0, max: 256, whole: true })
    const host = values.host ?? DEFAULT_HOST
    if (!isLoopback(host)) {
      terminal.note(`주의: 아직 계정이 없습니다. ${host} 에 닿는 사람은 누구나 모든 주문을 보고 바꿀 수 있습니다.`)
      terminal.note(`Warning: there are no accounts yet. Anyone who can reach ${host} can read and change every order.`)
    }
    const onListening = (boundPort: number) => {
      const address = `http://${host.includes(':') ? `[${host}]` : host}:${boundPort}`
      terminal.print(`milkrun: ${address} 에서 열렸습니다 · open at ${address} (Ctrl+C)`)
    }
    await runService({
      locale: terminal.locale,
      host,
      port,
      demo: values.demo ?? false,
      workers,
      onListening,
      note: terminal.note,
    })
    return EXIT.done
  },
}
