import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, vi } from 'vitest'
import { ComparisonSchema, PlanFileSchema } from '../../server/api.ts'
import { plural } from '../../server/commands/command.ts'
import { sealOf } from '../../server/reports/planFile.ts'
import { makeProblem, makeShipment, makeSite } from './makeProblem.ts'
import { expectShape } from './openApp.ts'
import { DAY, openFolder, PATIENT } from './openFolder.ts'

const ORDERS = fileURLToPath(new URL('../../fixtures/gwangju/orders/seed-01.csv', import.meta.url))

vi.setConfig(PATIENT)

describe('milkrun plan and check', () => {
  it('writes a plan file that check accepts, the same bytes for the same iterations', async () => {
    const { asProcess, milkrun, read } = openFolder()
    const planned = await asProcess('plan problem.json --iterations 200 --seed 3 --out a.json')
    expect(planned).toMatchObject({ code: 0, stderr: '' })
    expect(planned.stdout).toContain('₩')
    await milkrun('plan problem.json --iterations 200 --seed 3 --out b.json')
    expect(read('b.json')).toBe(read('a.json'))
    expectShape(PlanFileSchema, JSON.parse(read('a.json')))
    const printed = await asProcess('plan problem.json --iterations 200 --seed 3 --json')
    expect(printed.stdout).toBe(read('a.json'))
    expect(await asProcess('check problem.json a.json')).toMatchObject({ code: 0, stderr: '' })
  })

  it('keeps the best of several threads, the same every time', async () => {
    const { milkrun } = openFolder()
    const plans = []
    for (const _ of [1, 2]) plans.push((await milkrun('plan problem.json --iterations 200 --threads 2 --json')).stdout)
    expect(plans[0]).toBe(plans[1])
    const { provenance, costKrw } = JSON.parse(plans[0]!)
    expect(provenance).toMatchObject({ seed: 1, threads: 2 })
    expect(costKrw).toBeLessThanOrEqual(
      JSON.parse((await milkrun('plan problem.json --iterations 200 --json')).stdout).costKrw,
    )
  })

  it('answers no to a plan file that was changed, and names what is wrong', async () => {
    const { asProcess, milkrun, read, write } = openFolder()
    await milkrun('plan problem.json --iterations 200 --out plan.json')
    const plan = JSON.parse(read('plan.json'))
    write('plan.json', { ...plan, costKrw: plan.costKrw - 1 })
    const cheaper = await asProcess('check problem.json plan.json')
    expect(cheaper.code).toBe(1)
    expect(cheaper.stdout.trim().split('\n').length).toBeGreaterThanOrEqual(2)
    expect(cheaper.stdout).toContain('hash:')

    const faster = structuredClone(plan)
    faster.travel.tables[0].durationS[1] -= 60
    write('plan.json', faster)
    const travel = await milkrun('check problem.json plan.json --lang en')
    expect(travel.code).toBe(1)
    expect(travel.stdout).toMatch(/travel: .*travel\/tables\/0\/durationS\/1/)
  })

  it('tells what people have changed by hand in a plan file, and what that has cost', async () => {
    const { milkrun, read, write } = openFolder()
    await milkrun('plan problem.json --iterations 20 --out plan.json')
    const plan = JSON.parse(read('plan.json'))
    const edits = [
      { edit: { kind: 'reverse', route: '1' }, krw: 12_000, by: 'kim' },
      { edit: { kind: 'direct', shipments: ['mold'], mode: 'hired' }, krw: -2000 },
    ]
    write('plan.json', { ...plan, edits, hash: sealOf({ ...plan, edits }) })
    const korean = await milkrun('check problem.json plan.json')
    expect(korean.code, korean.stdout).toBe(0)
    expect(korean.stderr).toContain('손으로 고친 것 2건, 모두 +₩10,000')
    expect(korean.stderr).toContain('노선 1을 거꾸로: +₩12,000 (kim)')
    expect((await milkrun('check problem.json plan.json --lang en')).stderr).toContain('on a solo truck: −₩2,000')
  })

  it('answers no when the plan belongs to another problem', async () => {
    const { milkrun, write } = openFolder()
    await milkrun('plan problem.json --iterations 200 --out plan.json')
    write('other.json', makeProblem({ shipments: [makeShipment('plates', { weightKg: 500 })] }))
    const ended = await milkrun('check other.json plan.json --json')
    expect(ended.code).toBe(1)
    const { ok, violations, differences } = JSON.parse(ended.stdout)
    expect(ok).toBe(false)
    expect(violations.length).toBeGreaterThan(0)
    expect(differences[0]).toContain('problem/shipments')
    // each name once, although a route loads and unloads it
    const lines = (await milkrun('compare other.json plan.json --lang en')).stderr.trim().split('\n')
    const names = lines.map((line) => /shipment (\w+)/.exec(line)?.[1])
    expect(names.length).toBeGreaterThan(0)
    expect(new Set(names).size).toBe(names.length)
  })

  it('says of a plan made on other roads that it was, before all that therefore does not hold', async () => {
    const { milkrun, read, write } = openFolder()
    await milkrun('plan problem.json --iterations 20 --out plan.json')
    const { problem: _, travel: __, hash: ___, format: ____, footprint: _____, ...plan } = JSON.parse(read('plan.json'))
    write('old.json', {
      ...plan,
      costKrw: plan.costKrw + 1,
      provenance: { ...plan.provenance, travelKey: 'valhalla2:abc' },
    })
    const words = 'This plan was made on other roads (then valhalla, now trunk)'
    expect((await milkrun('check problem.json old.json --lang en')).stderr).toContain(words)
    for (const command of ['compare', 'split', 'explain']) {
      const ended = await milkrun(`${command} problem.json old.json --lang en`)
      expect(ended.code).toBe(1)
      expect(ended.stderr.split('\n')[0]).toContain(words)
    }
    expect((await milkrun('compare problem.json old.json')).stderr).toContain('그때 valhalla, 지금 trunk')
  })
})

describe('milkrun plan --from', () => {
  /** Day one of the example, planned, and a day on which one shipment is gone and one is new. */
  const planDay = async () => {
    const folder = openFolder()
    const day = JSON.parse(readFileSync(DAY, 'utf8'))
    folder.write('day.json', day)
    expect(await folder.milkrun('plan day.json --iterations 60 --out before.json')).toMatchObject({
      code: 0,
      stderr: '',
    })
    const before = JSON.parse(folder.read('before.json'))
    const gone = before.routes[0].stops[0].pickups[0]
    const [first] = day.shipments.filter(({ id }: { id: string }) => id !== gone)
    const rest = day.shipments.filter(({ id }: { id: string }) => id !== gone)
    folder.write('today.json', { ...day, shipments: [...rest, { ...first, id: 'new' }] })
    return { ...folder, before }
  }
  type Stops = { stops: { visits: { shipment: string; kind: string; startS: number }[] }[] }
  const visitsOf = (route: Stops) => route.stops.flatMap(({ visits }) => visits)

  it('keeps everything, the trucks, or trucks and sequence, as asked', async () => {
    const { milkrun, read, before } = await planDay()
    expect(before.routes.length).toBeGreaterThan(0)
    for (const keep of ['routes', 'trucks', 'sequence']) {
      const ended = await milkrun(
        `plan day.json --iterations 60 --seed 5 --from before.json --keep ${keep} --out ${keep}.json`,
      )
      expect(ended.code, ended.stderr).toBe(0)
      const plan = JSON.parse(read(`${keep}.json`))
      expectShape(PlanFileSchema, plan)
      expect(plan.costKrw).toBeLessThanOrEqual(before.costKrw)
      const trips = ({ routes }: { routes: Stops[] }) =>
        routes.map((route) => {
          const visits = visitsOf(route).map(
            ({ shipment, kind, startS }) => `${shipment} ${kind} ${keep === 'routes' ? startS : ''}`,
          )
          return (keep === 'trucks' ? visits.sort() : visits).join()
        })
      expect(trips(plan).sort()).toEqual(trips(before).sort())
      const checked = await milkrun(`check day.json ${keep}.json --lang en`)
      expect(checked).toMatchObject({ code: 0 })
      expect(checked.stderr).toMatch(/^(\d+) of \1 locks? kept$/m)
    }
  })

  it('tells what moved and keeps what remains of a route that lost a shipment', async () => {
    const { milkrun, read } = await planDay()
    const ended = await milkrun(
      'plan today.json --iterations 60 --from before.json --keep routes --out after.json --lang en',
    )
    expect(ended.code, ended.stderr).toBe(0)
    expect(ended.stdout).toMatch(/the plan before cost ₩[\d,]+; 0 shipments moved/)
    expect(ended.stdout).toMatch(/^(\d+) of \1 locks kept$/m)
    const { provenance } = JSON.parse(read('after.json'))
    expect(provenance.locks.map(({ lock }: { lock: { grade: string } }) => lock.grade)).toContain('time')
    expect((await milkrun('check today.json after.json')).code).toBe(0)
    // the same again where standard output belongs to the plan
    const json = await milkrun('plan today.json --iterations 60 --from before.json --keep routes --json --lang en')
    expect(json.stdout).toBe(read('after.json'))
    expect(json.stderr).toContain('0 shipments moved')
  })

  it('writes what a move was worth into the plan, and starts over where nothing is to be kept', async () => {
    const { milkrun, read } = await planDay()
    await milkrun(
      'plan day.json --iterations 60 --seed 5 --from before.json --stability 1000000 --threads 2 --out still.json',
    )
    expect(JSON.parse(read('still.json')).provenance.stability).toEqual({ perShipmentKrw: 1_000_000, moved: 0 })
    await milkrun(
      'plan day.json --iterations 60 --seed 5 --from before.json --keep nothing --stability 0 --out free.json',
    )
    await milkrun('plan day.json --iterations 60 --seed 5 --from before.json --out bare.json')
    expect(read('free.json')).toBe(read('bare.json'))
    expect(JSON.parse(read('bare.json')).provenance).not.toHaveProperty('locks')
  })

  it('says what is wrong with its options', async () => {
    const { milkrun } = await planDay()
    for (const wrong of [
      '--keep trucks',
      '--stability 5',
      '--from before.json --keep all',
      '--from before.json --stability -1',
      '--from day.json',
      '--from nowhere.json',
    ]) {
      const ended = await milkrun(`plan day.json --iterations 10 ${wrong} --lang en`)
      expect(ended.code, wrong).toBe(2)
      expect(ended.stderr.length, wrong).toBeGreaterThan(20)
    }
    const help = await milkrun('plan --help')
    for (const option of ['--from', '--keep routes|trucks|sequence|nothing', '--stability'])
      expect(help.stdout).toContain(option)
    expect((await milkrun('plan --help --lang en')).stdout).not.toMatch(/[가-힣]/)
  })
})

describe('milkrun compare', () => {
  it('prints the comparison as JSON, and as lines with the names of the baselines', async () => {
    const { milkrun } = openFolder()
    await milkrun('plan problem.json --iterations 200 --out plan.json')
    const json = await milkrun('compare problem.json plan.json --json')
    expect(json.code).toBe(0)
    expectShape(ComparisonSchema, JSON.parse(json.stdout))
    const lines = await milkrun('compare problem.json plan.json --lang en')
    for (const name of ['B0', 'B1', 'B2', 'saving', '(TTW)', '(WTW)']) expect(lines.stdout).toContain(name)
    // every step of the waterfall carries its sign, unless it is nothing
    const steps = /from B1 to the plan: (.*)/.exec(lines.stdout)![1]!.split(/, (?=[a-z])/)
    expect(steps.length).toBe(3)
    for (const step of steps) expect(step).toMatch(/^[a-z ]+ ([+−]₩[1-9]|₩0$)/)
  })
})

describe('milkrun import', () => {
  it('writes one problem a day: the first to --out, the others beside it', async () => {
    const { has, milkrun } = openFolder()
    const ended = await milkrun(`import ${ORDERS} --complex gwangju --out day.json`)
    expect(ended.code, ended.stderr).toBe(0)
    expect(ended.stdout.trim().split('\n').length).toBe(20)
    expect(has('day.json')).toBe(true)
    expect(has('day-2026-11-24.json')).toBe(true)
    expect((await milkrun('plan day.json --iterations 50')).code).toBe(0)
  })

  it('refuses a date that is in no calendar', async () => {
    const { has, milkrun } = openFolder()
    for (const date of ['2026-13-45', '2026-02-30']) {
      const ended = await milkrun(`import ${ORDERS} --complex gwangju --out day.json --date ${date}`)
      expect(ended.code).toBe(2)
      expect(ended.stderr).toContain('달력에 없는 날')
    }
    expect(has('day.json')).toBe(false)
  })

  it('says in its help that rows left out do not change the exit code', async () => {
    expect((await openFolder().milkrun('import --help --lang en')).stdout).toContain('The exit code is 0 if any')
  })

  it('writes one day where one is asked for, and says which days there are otherwise', async () => {
    const { has, milkrun, read } = openFolder()
    const ended = await milkrun(`import ${ORDERS} --complex gwangju --out day.json --date 2026-11-24`)
    expect(ended.code).toBe(0)
    expect(JSON.parse(read('day.json')).startsAt).toBe('2026-11-24T00:00:00+09:00')
    const none = await milkrun(`import ${ORDERS} --complex gwangju --out none.json --date 2027-01-05`)
    expect(none.code).toBe(2)
    expect(none.stderr).toContain('2026-11-24')
    expect(has('none.json')).toBe(false)
  })

  it('names every row it leaves out and keeps the others', async () => {
    const { milkrun, write } = openFolder()
    const rows = readFileSync(ORDERS, 'utf8').split('\n')
    write('orders.csv', [...rows.slice(0, 6), rows[6]!.replaceAll(/[\d.]+ ?(kg|톤|t)\b/g, '무거움'), ''].join('\n'))
    const ended = await milkrun('import orders.csv --complex gwangju --out day.json --json')
    expect(ended.code, ended.stderr).toBe(0)
    const { rows: total, accepted, issues } = JSON.parse(ended.stdout)
    expect(total).toBeGreaterThanOrEqual(accepted)
    expect(ended.stderr.trim().split('\n').filter(Boolean).length).toBeGreaterThanOrEqual(issues.length)
  })

  it.each([
    ['empty', ''],
    ['not a table', '\0\u0001\u0002'],
    ['no columns it knows', 'a,b\n1,2\n'],
  ])('ends with 2 on a file that is %s', async (_, content) => {
    const { has, milkrun, write } = openFolder()
    write('orders.csv', content)
    const ended = await milkrun('import orders.csv --complex gwangju --out day.json')
    expect(ended.code).toBe(2)
    expect(ended.stderr).toMatch(/→/)
    expect(has('day.json')).toBe(false)
  })
})

describe('milkrun solve', () => {
  it('prints one object and writes the routes', async () => {
    const { milkrun, read, write } = openFolder()
    const customers = Array.from({ length: 8 }, (_, k) => `${k + 2} ${(k * 37) % 100} ${(k * 61) % 100}`)
    const demands = Array.from({ length: 8 }, (_, k) => `${k + 2} ${(k % 3) + 1}`)
    const lines = [
      'NAME : tiny',
      'TYPE : CVRP',
      'DIMENSION : 9',
      'EDGE_WEIGHT_TYPE : EUC_2D',
      'CAPACITY : 6',
      'NODE_COORD_SECTION',
      '1 50 50',
      ...customers,
    ]
    write('tiny.vrp', [...lines, 'DEMAND_SECTION', '1 0', ...demands, 'DEPOT_SECTION', '1', '-1', 'EOF', ''].join('\n'))
    const ended = await milkrun('solve tiny.vrp --format cvrplib --iterations 500 --json --out tiny.sol')
    expect(ended.code, ended.stderr).toBe(0)
    expect(JSON.parse(ended.stdout)).toMatchObject({
      instance: 'tiny',
      format: 'cvrplib',
      feasible: true,
      iterations: 500,
    })
    expect(read('tiny.sol')).toMatch(/^Route #1: [\d ]+\n[\s\S]*Cost \d+\n$/)
    const proved = await milkrun('solve tiny.vrp --format cvrplib --iterations 500 --bound 20 --json')
    const { cost, bound } = JSON.parse(proved.stdout)
    expect(bound).toMatchObject({ lower: cost, gap: 0, kind: 'cost of a solution', proved: true, closed: true })
    expect((await milkrun('solve tiny.vrp --format cvrplib --bound soon')).code).toBe(2)
    expect((await milkrun('solve tiny.vrp --format lilim --lang en')).stderr).toContain('cannot be read as lilim')
    expect((await milkrun('solve tiny.vrp --format nonsense')).code).toBe(2)
  })
})

describe('milkrun jobs and worker', () => {
  it('lists what was asked of the folder, and asks the service where that uses the folder', async () => {
    const { start, milkrun, addData } = openFolder()
    addData()
    expect((await milkrun('jobs --lang en')).stdout).toContain('There are no jobs')
    const child = start('serve --port 0')
    const [line] = await once(child.stdout.setEncoding('utf8'), 'data')
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(line)![0]
    const [complex] = (await (await fetch(`${address}/api/complexes`)).json()) as [{ days: { problem: string }[] }]
    const url = `${address}/api/problems/${complex.days[0]!.problem}/jobs`
    const { id } = (await (await fetch(url, { method: 'POST' })).json()) as { id: string }
    const listed = await milkrun(`jobs --lang en --url ${address}`)
    expect(listed.stdout).toContain(id)
    expect(JSON.parse((await milkrun(`jobs --json --state dead --url ${address}`)).stdout)).toEqual([])
    // nobody answers there
    expect(await milkrun('jobs --url http://127.0.0.1:1')).toMatchObject({ code: 3 })
    expect((await milkrun('jobs --state asleep')).code).toBe(2)
    child.kill('SIGTERM')
    expect((await once(child, 'close'))[0]).toBe(0)
    // kept: it goes on at the next start
    expect((await milkrun('jobs --lang en')).stdout).toContain(id)
  }, 180_000)

  it('needs a server for workers of their own, and says so', async () => {
    const { milkrun } = openFolder()
    for (const args of ['worker --lang en', 'serve --workers 0 --lang en']) {
      const ended = await milkrun(args)
      expect(ended).toMatchObject({ code: 2 })
      expect(ended.stderr).toContain('DATABASE_URL')
    }
  })
})

describe('milkrun serve', () => {
  it('says where it listens, in Korean and English, and ends with 0 at a signal', async () => {
    const { start, addData } = openFolder()
    addData()
    const child = start('serve --port 0')
    const closed = once(child, 'close')
    const [line] = await once(child.stdout.setEncoding('utf8'), 'data')
    expect(line).toMatch(/열렸습니다.*open at http:\/\/127\.0\.0\.1:\d+/)
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(line)![0]
    expect((await fetch(`${address}/health`)).status).toBe(200)
    const complexes = (await (await fetch(`${address}/api/complexes`)).json()) as { id: string; days: unknown[] }[]
    expect(complexes.map(({ id, days }) => [id, days.length])).toEqual([['gwangju', 20]])
    child.kill('SIGTERM')
    expect((await closed)[0]).toBe(0)
  })

  it('has twenty days and plans the first at once with --demo', async () => {
    const { start, addData } = openFolder()
    addData()
    const child = start('serve --port 0 --demo')
    const [line] = await once(child.stdout.setEncoding('utf8'), 'data')
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(line)![0]
    const readDays = async () => {
      let answer = await fetch(`${address}/api/complexes`)
      // where the cores are taken it says that it is busy
      while (answer.status === 503) {
        await new Promise((resolve) => setTimeout(resolve, 200))
        answer = await fetch(`${address}/api/complexes`)
      }
      const [complex] = (await answer.json()) as [{ days: { plan?: string }[] }]
      return complex.days
    }
    expect((await readDays()).length).toBe(20)
    while ((await readDays())[0]?.plan === undefined) await new Promise((resolve) => setTimeout(resolve, 50))
    child.kill('SIGINT')
    expect((await once(child, 'close'))[0]).toBe(0)
  })

  it('ends with 3 and the way out when the port is taken', async () => {
    const { asProcess, addData } = openFolder()
    addData()
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as { port: number }
    const ended = await asProcess(`serve --port ${port}`)
    other.close()
    expect(ended.code).toBe(3)
    expect(ended.stderr).toContain(`--port ${port + 1}`)
  })
})

describe('words of a count', () => {
  it('are singular for one and plural for any other number', () => {
    expect([0, 1, 2].map((amount) => plural(amount, 'route'))).toEqual(['0 routes', '1 route', '2 routes'])
  })
})

describe('wrong use', () => {
  it.each([
    ['plan', 'PROBLEM.json'],
    ['plan problem.json extra.json', 'extra.json'],
    ['plan problem.json --second 3', '--second'],
    ['plan problem.json --seconds', '--seconds'],
    ['plan problem.json --seconds ten', '--seconds ten'],
    ['plan problem.json --seconds 0', '--seconds 0'],
    ['plan problem.json --seed 1.5', '--seed 1.5'],
    ['plan problem.json --threads 0', '--threads 0'],
    ['check problem.json', 'PLAN.json'],
    ['import orders.csv --out x.json', '--complex'],
    ['import orders.csv --complex seoul --out x.json', 'gwangju'],
    ['import orders.csv --complex gwangju', '--out'],
    ['serve --port 70000', '--port 70000'],
    ['solve x.vrp', '--format'],
  ])('%s: shows the right form and ends with 2', async (args, hint) => {
    const { milkrun } = openFolder()
    const ended = await milkrun(args)
    expect(ended.code).toBe(2)
    expect(ended.stderr).toContain(hint)
    expect(ended.stderr).toContain('npm run -s milkrun -- ')
    expect(ended.stdout).toBe('')
  })

  it.each([
    ['plan problem.json --second 3', '없는 옵션입니다. 있는 옵션: --json, --seconds', 'Its options: --json, --seconds'],
    ['plan problem.json --seconds', '--seconds 뒤에 값을 적으세요', '--seconds needs a value'],
    ['plan problem.json --seconds -5', '--seconds=값', '--seconds=VALUE'],
    ['plan problem.json --json=yes', '--json 뒤에는 값을 적지 않습니다', '--json takes no value'],
    ['solve problem.json', '--format 에 파일의 형식을 적으세요', 'Name the format of the file with --format: cvrplib'],
  ])('%s: says so in Korean and in English', async (args, korean, english) => {
    const { milkrun } = openFolder()
    expect((await milkrun(args)).stderr).toContain(korean)
    expect((await milkrun(`${args} --lang en`)).stderr).toContain(english)
  })

  it('lists the commands there are, and only those', async () => {
    const { asProcess, milkrun } = openFolder()
    const help = await milkrun('help')
    expect(help.code).toBe(0)
    for (const name of [
      'account',
      'plan',
      'bound',
      'check',
      'compare',
      'explain',
      'split',
      'verify',
      'import',
      'export',
      'template',
      'serve',
      'solve',
      'settle',
      'study',
    ])
      expect(help.stdout).toContain(`milkrun -- ${name} `)
    const unknown = await asProcess('steady problem.json')
    expect(unknown).toMatchObject({ code: 2 })
    expect((await milkrun('help plan')).stdout).toContain('--iterations')
    expect((await milkrun('plan --help')).stdout).toContain('--iterations')
    expect((await milkrun('')).stdout).toBe(help.stdout)
  })

  it('speaks Korean, unless the environment or --lang says English', async () => {
    const { asProcess, milkrun } = openFolder()
    expect((await milkrun('help')).stdout).toContain('순회집하')
    expect((await asProcess('help', { LANG: 'en_US.UTF-8' })).stdout).toContain('pickup rounds')
    expect((await milkrun('help', { LANG: 'en_US.UTF-8', LC_ALL: 'ko_KR.UTF-8' })).stdout).toContain('순회집하')
    expect((await milkrun('--lang en help')).stdout).toContain('pickup rounds')
    expect((await milkrun('help --lang fr')).code).toBe(2)
  })
})

describe('files at fault', () => {
  it.each([
    ['missing.json', undefined, 'no such file'],
    ['.', undefined, 'folder'],
    ['empty.json', '', 'empty'],
    ['text.json', '주문, 무게\n1, 2', 'line 1 column 1'],
    ['cut.json', '{"name": "x", ', 'not valid JSON'],
    ['nan.json', '{\n  "name": "x",\n  "days": NaN\n}', 'line 3 column 11: NaN'],
    ['comma.json', '{"days": 1,}', 'line 1'],
    ['utf16.json', new Uint8Array([0xff, 0xfe, 0x7b, 0]), 'UTF-16'],
    ['cp949.json', new Uint8Array([0x7b, 0x22, 0xb1, 0xa4, 0xc1, 0xd6, 0x22, 0x7d]), 'UTF-8'],
    ['list.json', '[]', 'JSON object'],
  ])('%s: ends with 2 and says what is wrong', async (name, content, hint) => {
    const { milkrun, write } = openFolder()
    if (content !== undefined) write(name, content)
    const ended = await milkrun(`plan ${name} --iterations 5 --lang en`)
    expect(ended.code, ended.stderr).toBe(2)
    expect(ended.stderr).toContain(hint)
    expect(ended.stderr).not.toContain('    at ')
  })

  it('reads JSON with a byte order mark, as editors on Windows write it', async () => {
    const { milkrun, write } = openFolder()
    write('bom.json', `\ufeff${JSON.stringify(makeProblem())}`)
    expect((await milkrun('plan bom.json --iterations 5')).code).toBe(0)
  })

  it('lists every fault of a problem with path and remedy', async () => {
    const { milkrun, write } = openFolder()
    write(
      'faulty.json',
      makeProblem({ shipments: [makeShipment('a', { from: 'nowhere' }), makeShipment('b', { weightKg: -5 })] }),
    )
    const ended = await milkrun('plan faulty.json --iterations 5')
    expect(ended.code).toBe(2)
    expect(ended.stderr).toMatch(/shipments\/0\/from.* → /)
    expect(ended.stderr).toMatch(/shipments\/1\/weightKg.* → /)
  })

  it('names every place that no road reaches, and plans the rest', async () => {
    const { milkrun, read, write } = openFolder()
    const islands = [makeSite('jeju', 126.53, 33.5), makeSite('fukuoka', 130.4, 33.6)]
    const { sites, shipments } = makeProblem()
    const more = [makeShipment('tuna', { from: 'jeju', to: 'member' })]
    write('far.json', makeProblem({ sites: [...sites, ...islands], shipments: [...shipments, ...more] }))
    const ended = await milkrun('plan far.json --iterations 5 --out far-plan.json')
    expect(ended.code, ended.stderr).toBe(0)
    expect(ended.stderr).toMatch(/주의 sites\/4: .*jeju.* → /)
    expect(ended.stderr).toMatch(/주의 sites\/5: .*fukuoka.* → /)
    expect(ended.stderr).toMatch(/^tuna: 불가 증명됨: ‘.*’에서 ‘.*’로 이어지는 길이 없음/m)
    expect(JSON.parse(read('far-plan.json')).unserved.map(({ shipment }: { shipment: string }) => shipment)).toEqual([
      'tuna',
    ])
    expect(await milkrun('check far.json far-plan.json')).toMatchObject({ code: 0 })
    expect(ended.stderr).not.toMatch(/mainland|trunk/)
  })

  it.runIf(existsSync('/dev/zero'))('refuses what is not a regular file, which may never end', async () => {
    const { milkrun } = openFolder()
    for (const name of ['plan /dev/zero', 'solve /dev/zero --format cvrplib']) {
      const ended = await milkrun(`${name} --lang en`)
      expect(ended.code).toBe(2)
      expect(ended.stderr).toContain('a device or a pipe')
    }
  })

  it('tells a problem given as a plan, and what a plan lacks, in the language of the reader', async () => {
    const { milkrun, write } = openFolder()
    const problem = await milkrun('check problem.json problem.json')
    expect(problem.code).toBe(2)
    expect(problem.stderr).toContain('plan problem.json --out PLAN.json')
    write('plan.json', { routes: [], costKrw: 'cheap', extra: 1 })
    expect((await milkrun('check problem.json plan.json')).stderr).toMatch(
      /direct: 빠졌습니다\n(.*\n)*.*extra: 모르는 항목/,
    )
    expect((await milkrun('check problem.json plan.json --lang en')).stderr).not.toMatch(/[가-힣]/)
  })

  it('refuses a plan that is no plan file, with the places', async () => {
    const { milkrun, write } = openFolder()
    write('plan.json', { routes: [], costKrw: 'cheap' })
    const ended = await milkrun('check problem.json plan.json')
    expect(ended.code).toBe(2)
    expect(ended.stderr).toContain('costKrw')
  })

  it('finds out that the result cannot be written before it begins to search', async () => {
    const { milkrun } = openFolder()
    const ended = await milkrun('plan problem.json --seconds 600 --out nowhere/plan.json')
    expect(ended.code).toBe(2)
    expect(ended.stderr).toContain('nowhere')
    expect((await milkrun('plan problem.json --seconds 600 --out .')).code).toBe(2)
  })
})
