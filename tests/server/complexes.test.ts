import { describe, expect, it } from 'vitest'
import { ComplexSchema } from '../../server/api.ts'
import { loadComplex, loadOrders } from '../../server/complexes.ts'
import { findComplexIssues } from '../../server/imports/complexData.ts'
import { expectRefusal, expectShape, openApp } from './openApp.ts'

const busan = async () => {
  const data = await loadComplex('gwangju')
  return { ...data, complex: { ...data.complex, id: 'busan', name: { ko: '부산', en: 'Busan' } } }
}

describe('a complex', () => {
  it('is added beside the first, takes orders of its own, and is replaced without losing its days', async () => {
    const { app } = await openApp()
    const data = await busan()
    const added = await app.inject({ method: 'PUT', url: '/api/complexes/busan', payload: data })
    expect(added.statusCode, added.body).toBe(200)
    expectShape(ComplexSchema, added.json())
    expect(added.json()).toMatchObject({ id: 'busan', days: [] })
    const { bytes } = await loadOrders('gwangju', 1)
    const headers = { 'content-type': 'text/csv' }
    const url = '/api/imports?complex=busan'
    expect((await app.inject({ method: 'POST', url, payload: Buffer.from(bytes), headers })).statusCode).toBe(200)
    const fewer = { ...data, firms: data.firms.slice(0, -1) }
    const replaced = await app.inject({ method: 'PUT', url: '/api/complexes/busan', payload: fewer })
    expect(replaced.json().days.length).toBe(20)
    const complexes = (await app.inject('/api/complexes')).json()
    expect(complexes.map(({ id, days }: { id: string; days: [] }) => [id, days.length])).toEqual([
      ['gwangju', 0],
      ['busan', 20],
    ])
  })

  it('is refused with every fault, its place and a remedy', async () => {
    const { app } = await openApp()
    const data = await busan()
    const put = async (payload: object, id = 'busan') =>
      await app.inject({ method: 'PUT', url: `/api/complexes/${id}`, payload, headers: { 'accept-language': 'en' } })
    const paths = (response: { json(): { issues: { path: string }[] } }) =>
      response.json().issues.map(({ path }) => path)

    const nowhere = { ...data.firms[0]!, id: 'x', site: 'nowhere' }
    const truck = { ...data.fleet[0]!, tariff: 'none' }
    const contradicting = await put({
      ...data,
      firms: [nowhere, ...data.firms],
      fleet: [truck, ...data.fleet.slice(1)],
    })
    expectRefusal(contradicting, 422)
    expect(paths(contradicting)).toEqual(expect.arrayContaining(['firms/0/site', 'fleet/0/tariff']))
    const misshapen = await put({ ...data, sites: 'none', extra: 1 })
    expectRefusal(misshapen, 422)
    expect(paths(misshapen)).toContain('sites')
    const other = await put(data, 'daegu')
    expectRefusal(other, 422)
    expect(paths(other)).toEqual(['complex/id'])
    expectRefusal(await put([]), 422)
    expect((await app.inject('/api/complexes')).json().length).toBe(1)
  })

  it('is refused where the business number of a firm is wrong, or that of another one', async () => {
    const data = await busan()
    const [first, second, ...others] = data.firms
    const told = (firms: readonly object[]) =>
      findComplexIssues({ ...data, firms }, 'ko').map(({ code, path, severity }) => [severity, code, path])
    expect(told([first!, { ...second!, businessNumber: '999-81-00016' }, ...others])).toEqual([
      ['error', 'businessNumber.form', 'firms/1/businessNumber'],
    ])
    const same = first!.businessNumber!.replaceAll('-', '')
    expect(told([first!, { ...second!, businessNumber: same }, ...others])).toEqual([
      ['error', 'businessNumber.shared', 'firms/1/businessNumber'],
    ])
  })

  it('has no fault where it comes with the program', async () => {
    expect(findComplexIssues(await loadComplex('gwangju'), 'ko')).toEqual([])
  })
})
