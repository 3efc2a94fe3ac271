import type { Locale } from '../../solver/index.ts'
import { JOB_STATES, type Job } from '../api.ts'
import { Refusal } from '../errors.ts'
import { listJobs } from '../main.ts'
import { type Command, EXIT, oneOf, readArguments, won } from './command.ts'

const form = 'jobs --state dead'
const MAX_SHOWN = 100
const DEFAULT_URL = 'http://127.0.0.1:8080'

export const jobsCommand: Command = {
  form,
  summary: { ko: '작업(탐색)의 목록을 보인다', en: 'list the jobs (searches)' },
  options: [
    ['--state dead', { ko: `다음 가운데 하나: ${JOB_STATES.join(', ')}`, en: `one of ${JOB_STATES.join(', ')}` }],
    [
      `--url ${DEFAULT_URL}`,
      { ko: '데이터 폴더를 쓰고 있는 서비스의 주소', en: 'address of the service that is using the data folder' },
    ],
    ['--json', { ko: 'JSON 으로', en: 'as JSON' }],
  ],
  async run(args, { print, locale }) {
    const { values } = readArguments(args, form, { state: { type: 'string' }, url: { type: 'string' } } as const, 0)
    const state = values.state === undefined ? undefined : oneOf('state', values.state, JOB_STATES, form)
    const { items } = await listJobs(state, MAX_SHOWN).catch(async (error: unknown) => {
      // the folder belongs to the service that runs: it is asked instead
      if (!(error instanceof Refusal && error.code === 'folder.inUse')) throw error
      return await askService(values.url ?? DEFAULT_URL, state, error)
    })
    if (values.json) print(JSON.stringify(items))
    else if (items.length === 0) print(locale === 'ko' ? '작업이 없습니다.' : 'There are no jobs.')
    else for (const job of items) print(describeJob(job, locale))
    return EXIT.done
  },
}

async function askService(url: string, state: string | undefined, inUse: Refusal): Promise<{ items: Job[] }> {
  const query = new URLSearchParams({ limit: String(MAX_SHOWN), ...(state && { state }) })
  const response = await fetch(`${url}/api/jobs?${query}`).catch(() => undefined)
  if (!response?.ok) throw inUse
  return (await response.json()) as { items: Job[] }
}

const STATES: Readonly<Record<Job['state'], { readonly ko: string; readonly en: string }>> = {
  queued: { ko: '대기', en: 'queued' },
  running: { ko: '실행', en: 'running' },
  done: { ko: '완료', en: 'done' },
  failed: { ko: '실패', en: 'failed' },
  cancelled: { ko: '취소', en: 'cancelled' },
  dead: { ko: '버려짐', en: 'dead' },
}

function describeJob(
  { id, state, createdAt, attempt, elapsedS, seconds, costKrw, plan, error }: Job,
  locale: Locale,
): string {
  const figures = [
    `${Math.round(elapsedS)}/${seconds} s`,
    locale === 'ko' ? `시도 ${attempt}번` : `attempt ${attempt}`,
    ...(costKrw === undefined ? [] : [won(costKrw)]),
    ...(plan === undefined ? [] : [locale === 'ko' ? `계획 ${plan}` : `plan ${plan}`]),
    ...(error === undefined ? [] : [`\n    ${error}`]),
  ]
  return `${id}  ${STATES[state][locale]}  ${createdAt}  ${figures.join('  ')}`
}
