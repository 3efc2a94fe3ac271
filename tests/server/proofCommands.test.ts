/** The commands about a finished plan: what it cannot cost less than, who pays what, and why. */
import { describe, expect, it, vi } from 'vitest'
import { PlanFileSchema, ShipmentExplanationSchema } from '../../server/api.ts'
import { METHOD_NAMES, SplitSchema } from '../../solver/index.ts'
import { makeProblem } from './makeProblem.ts'
import { expectShape } from './openApp.ts'
import { openFolder, PATIENT } from './openFolder.ts'

vi.setConfig(PATIENT)

describe('milkrun bound', () => {
  it('proves a plan it makes, writes it with its certificate, and does so again the same way', async () => {
    const { milkrun, read } = openFolder()
    const ended = await milkrun('bound problem.json --rounds 4 --out a.json --json --lang en')
    expect(ended.code).toBe(0)
    const { certificate, lowerKrw, planKrw, gapShare, proof } = JSON.parse(ended.stdout)
    expect(lowerKrw).toBe(certificate.lowerKrw)
    expect(lowerKrw).toBeLessThanOrEqual(planKrw)
    expect(gapShare).toBeCloseTo(1 - lowerKrw / planKrw, 6)
    expect(['optimal', 'closed', 'stopped']).toContain(proof)
    expectShape(PlanFileSchema, JSON.parse(read('a.json')))
    await milkrun('bound problem.json --rounds 4 --out b.json')
    expect(read('b.json')).toBe(read('a.json'))
    expect(await milkrun('check problem.json a.json')).toMatchObject({ code: 0 })
  })

  it('takes a plan that can be driven, and no other', async () => {
    const { milkrun, read, write } = openFolder()
    await milkrun('plan problem.json --iterations 50 --out plan.json')
    const words = await milkrun('bound problem.json plan.json --rounds 2 --out proved.json --lang en')
    expect(words.stdout).toMatch(/lower bound ₩[\d,]+: no plan costs less/)
    expect(words.stdout).toMatch(/gap [\d.]+ %/)
    // the ceiling stands beside every saving
    const compared = (await milkrun('compare problem.json proved.json --lang en')).stdout
    expect(compared.match(/ceiling [\d.]+ %/g)).toHaveLength(3)
    const { lowerKrw } = JSON.parse((await milkrun('compare problem.json proved.json --json')).stdout)
    expect(lowerKrw).toBe(JSON.parse(read('proved.json')).certificate.lowerKrw)
    const plan = JSON.parse(read('plan.json'))
    write('plan.json', { ...plan, costKrw: plan.costKrw - 1 })
    expect((await milkrun('bound problem.json plan.json --rounds 2')).code).toBe(1)
  })
})

describe('milkrun verify', () => {
  it('confirms what bound has written, and refuses what was changed since', async () => {
    const { milkrun, read, write } = openFolder()
    expect(await milkrun('bound problem.json --rounds 2 --out a.json')).toMatchObject({ code: 0 })
    const held = await milkrun('verify a.json --lang en')
    expect(held.code).toBe(0)
    expect(held.stdout).toMatch(/^the certificate holds: no plan costs less than ₩/)
    const file = JSON.parse(read('a.json'))
    write('b.json', { ...file, certificate: { ...file.certificate, lowerKrw: file.certificate.lowerKrw + 1 } })
    const refused = await milkrun('verify b.json --json')
    expect(refused.code).toBe(1)
    expect(JSON.parse(refused.stdout)).toMatchObject({ holds: 'no', provenKrw: null })
    const { certificate: _, ...bare } = file
    write('c.json', bare)
    expect(await milkrun('verify c.json --lang en')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/has no certificate/),
    })
  })
})

describe('milkrun split', () => {
  it('gives one row a firm that adds up to the plan, in both languages and as JSON', async () => {
    const { milkrun, write } = openFolder()
    const firms = ['금형A01', '금형A02'].map((name, k) => ({ id: `f${k}`, name, site: 'member' }))
    const { shipments } = makeProblem()
    write('two.json', makeProblem({ firms, shipments: shipments.map((each, k) => ({ ...each, firm: `f${k % 2}` })) }))
    await milkrun('plan two.json --iterations 200 --out plan.json')
    const json = await milkrun('split two.json plan.json --method duals --joint 1001 --json')
    expect(json).toMatchObject({ code: 0, stderr: '' })
    const split = JSON.parse(json.stdout)
    expectShape(SplitSchema, split)
    expect(split.rows.map(({ firm }: { firm: string }) => firm)).toEqual(['f0', 'f1'])
    const sum = (key: string) => split.rows.reduce((all: number, row: Record<string, number>) => all + row[key]!, 0)
    expect(sum('shareKrw')).toBe(split.planKrw)
    expect(sum('jointKrw')).toBe(1001)

    const korean = await milkrun('split two.json plan.json')
    expect(korean.stdout).toContain('금형A01')
    expect(korean.stdout).toContain('B1 대비 절감')
    const english = await milkrun('split two.json plan.json --method proportional --lang en')
    expect(english.stdout).toContain(`₩${split.planKrw.toLocaleString('ko-KR')}`)
    expect(english.stdout).toContain('saving on B1')
    const all = await milkrun('split two.json plan.json --method all --json')
    expect(JSON.parse(all.stdout).map(({ method }: { method: string }) => method)).toEqual([...METHOD_NAMES])
    expect((await milkrun('split two.json plan.json --method all --lang en')).stdout).toContain('nucleolus')
    // the same again
    expect((await milkrun('split two.json plan.json --method duals --joint 1001 --json')).stdout).toBe(json.stdout)
  })

  it('is refused for a plan that cannot be driven, and for a method it does not know', async () => {
    const { milkrun, read, write } = openFolder()
    await milkrun('plan problem.json --iterations 200 --out plan.json')
    expect(await milkrun('split problem.json plan.json --method fair --lang en')).toMatchObject({ code: 2 })
    const { hash: _, problem: __, travel: ___, format: ____, footprint: _____, ...plan } = JSON.parse(read('plan.json'))
    write('cheap.json', { ...plan, costKrw: plan.costKrw - 1 })
    expect(await milkrun('split problem.json cheap.json')).toMatchObject({ code: 1, stdout: '' })
  })
})

describe('milkrun explain', () => {
  it('explains every shipment, as JSON and in both languages', async () => {
    const { milkrun } = openFolder()
    await milkrun('plan problem.json --iterations 200 --out plan.json')
    const json = await milkrun('explain problem.json plan.json --json')
    expect(json).toMatchObject({ code: 0, stderr: '' })
    const { planKrw, shipments, firms, members } = JSON.parse(json.stdout)
    expect([firms, members]).toEqual([undefined, undefined])
    expect(shipments.map((each: { shipment: string }) => each.shipment)).toEqual(['plates', 'cores', 'mold'])
    for (const each of shipments) expectShape(ShipmentExplanationSchema, each)
    const korean = await milkrun('explain problem.json plan.json')
    const english = await milkrun('explain problem.json plan.json --lang en')
    for (const { stdout } of [korean, english]) expect(stdout).toContain(planKrw.toLocaleString('en-US'))
    expect(english.stdout).not.toMatch(/[가-힣]/)
    expect(korean.stdout).toContain('다음으로 싼 방법')
  })

  it('tells one shipment with every alternative, a firm, and the members', async () => {
    const { milkrun } = openFolder()
    await milkrun('plan problem.json --iterations 200 --out plan.json')
    const one = await milkrun('explain problem.json plan.json --shipment mold --lang en')
    expect(one.stdout).toMatch(/^mold · .*next best/m)
    expect(one.stdout).toMatch(/^ {4}/m)
    expect(one.stdout).not.toContain('plates ·')
    const firm = await milkrun('explain problem.json plan.json --firm firm --members --draws 2 --iterations 50 --json')
    const { firms, members, shipments } = JSON.parse(firm.stdout)
    expect(shipments).toBeUndefined()
    expect(firms).toMatchObject([{ firm: 'firm', shipments: 3, withoutKrw: 0 }])
    expect(members).toMatchObject({ draws: 2, iterations: 50, seed: 1, sizes: [{ members: 1 }] })
    expect((await milkrun('explain problem.json plan.json --firm firm --members --lang en')).stdout).toContain(
      '1 member:',
    )
  })

  it('names what is not there, and does not explain a plan that breaks rules', async () => {
    const { milkrun, read, write } = openFolder()
    await milkrun('plan problem.json --iterations 200 --out plan.json')
    for (const [option, known] of [
      ['--shipment none', 'plates'],
      ['--firm none', 'firm'],
      ['--members --draws 0', '--draws'],
    ]) {
      const ended = await milkrun(`explain problem.json plan.json ${option}`)
      expect(ended).toMatchObject({ code: 2, stdout: '' })
      expect(ended.stderr).toContain(known)
    }
    const plan = JSON.parse(read('plan.json'))
    write('plan.json', { ...plan, costKrw: plan.costKrw - 1 })
    const cheaper = await milkrun('explain problem.json plan.json --json')
    expect(cheaper).toMatchObject({ code: 1, stdout: '' })
    expect(cheaper.stderr.length).toBeGreaterThan(5)
  })
})
