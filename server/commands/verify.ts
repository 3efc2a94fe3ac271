import {
  describeChecked,
  describeFault,
  describeVerified,
  findIssues,
  loadProver,
  type Verified,
  verify,
} from '../../solver/index.ts'
import { Refusal, unprocessable } from '../errors.ts'
import { nowMs } from '../jobs/clock.ts'
import { type Command, EXIT, readArguments, readNumber, SECONDS, won } from './command.ts'
import { readPlan } from './files.ts'

const form = 'verify PLAN.json --seconds 60 --json'
const DEFAULT_SECONDS = 60

export const verifyCommand: Command = {
  form,
  summary: {
    ko: '계획 파일의 증명서를 다른 방법으로 다시 확인한다',
    en: 'check the certificate of a plan file again, by other means',
  },
  options: [
    ['--seconds 60', { ko: '시간 한도 (초)', en: 'time limit in seconds' }],
    ['--json', { ko: '결과를 JSON으로', en: 'the result as JSON' }],
  ],
  notes: {
    ko: '계획 파일만 봅니다. 하한을 만든 프로그램과 코드를 함께 쓰지 않습니다.\n계획이 운행될 수 있고 비용이 맞는지는 check 명령이 검사합니다.',
    en: 'It looks at the plan file alone, and shares no code with what made the bound.\nThat the plan itself can be driven and costs what it says is what the check command asks.',
  },
  async run(args, terminal) {
    const { values, positionals } = readArguments(args, form, { seconds: { type: 'string' } }, 1)
    const seconds = readNumber('seconds', values.seconds, form, SECONDS) ?? DEFAULT_SECONDS
    const { locale } = terminal
    const path = positionals[0]!
    const { file } = await readPlan(path)
    if (!file?.certificate) {
      throw new Refusal(400, 'plan.noCertificate', {
        ko: `${path}: 증명서가 없는 계획입니다. bound PROBLEM.json ${path} --out PLAN.json 으로 만드세요.`,
        en: `${path}: The plan has no certificate. Make one: bound PROBLEM.json ${path} --out PLAN.json.`,
      })
    }
    const issues = findIssues({ ...file.problem, travel: file.travel }, locale).filter(
      ({ severity }) => severity === 'error',
    )
    if (issues.length > 0) throw unprocessable(issues)

    const startMs = nowMs()
    const steps = verify(await loadProver(), file)
    let step = steps.next()
    while (!step.done) step = steps.next(seconds - (nowMs() - startMs) / 1000)
    const verified: Verified = step.value
    const exit = verified.holds === 'yes' ? EXIT.done : EXIT.no
    if (values.json) {
      terminal.print(JSON.stringify(verified))
      return exit
    }
    terminal.print(describeVerified(verified, file.certificate.lowerKrw, locale))
    for (const fault of verified.faults) terminal.print(describeFault(fault, locale))
    if (verified.holds === 'unproved' && verified.provenKrw !== null && verified.provenKrw > 0) {
      const krw = won(verified.provenKrw)
      terminal.print(locale === 'ko' ? `확인된 하한: ${krw}` : `proved here: no plan costs less than ${krw}`)
    }
    for (const checked of verified.checked) terminal.note(describeChecked(checked, locale))
    return exit
  },
}
