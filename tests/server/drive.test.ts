/** Bad days of a driver's phone: nothing is lost, nothing is doubled, and nobody sees another's route. */
import { beforeEach, describe, expect, it } from 'vitest'
import {
  type Drive,
  DriverLinksSchema,
  DriveSchema,
  DriveTakenSchema,
  type Proof,
  ProofsSchema,
} from '../../server/api.ts'
import { idOfToken, linkUrl, tokenOf } from '../../server/drive/link.ts'
import type { App } from '../../server/routes/service.ts'
import type { Nouns } from '../../server/store/store.ts'
import { ADDRESSES } from './databases.ts'
import { makePlan, makeProblem, makeRoute } from './makeProblem.ts'
import { expectRefusal, expectShape, openApp } from './openApp.ts'

const SECRET = 'a secret for the links of a test only'
const timed = (id: string, vehicle: string, stops: Parameters<typeof makeRoute>[1]) => {
  const route = makeRoute(vehicle, stops)
  return {
    ...route,
    id,
    stops: route.stops.map((stop, k) => ({ ...stop, arriveS: 28_800 + 3600 * k, leaveS: 29_400 + 3600 * k })),
  }
}
const ROUND = timed('r1', 'round', { supplier: ['+plates'], member: ['-plates'] })
const OTHER = timed('r2', 'round', { member: ['+pins'], supplier: ['-pins'] })

const KEYS = { first: 'a-phone-key-of-the-driver-1', second: 'a-phone-key-of-somebody-2' } as const
const atPhone =
  (app: App, token: string, phone: keyof typeof KEYS = 'first') =>
  async (method: 'GET' | 'POST', url: string, payload?: object) =>
    await app.inject({
      method,
      url,
      headers: { 'x-milkrun-link': token, 'x-milkrun-phone': KEYS[phone], 'accept-language': 'en' },
      ...(payload && { payload }),
    })
const event = (id: string, kind: string, at: string, more: object = {}) => ({ id, plan: 'p', kind, at, ...more })
const CAMERA = Buffer.from([
  ...[0xff, 0xd8],
  // where it was taken, by EXIF
  ...[0xff, 0xe1, 0x00, 0x0d, ...Buffer.from('Exif\0\0GPS!!')],
  ...[0xff, 0xfe, 0x00, 0x07, ...Buffer.from('Seoul')],
  ...[0xff, 0xc0, 0x00, 0x0b, 8, 0, 1, 0, 1, 1, 1, 0x11, 0],
  ...[0xff, 0xda, 0x00, 0x08, 1, 1, 0, 0, 0x3f, 0, 0x12, 0xff, 0x00, 0x34],
  ...[0xff, 0xd9],
  ...Buffer.from('trailing secret'),
])

describe.each(ADDRESSES)('the phone of a driver, in $kind', (address) => {
  let app: App
  let store: Nouns
  let tokens: Record<string, string>
  let url = ''

  beforeEach(async () => {
    const opened = await openApp({ linkSecret: SECRET, url: 'https://milkrun.example/' }, address)
    app = opened.app
    store = opened.store
    const problem = await store.problems.add('gwangju', makeProblem())
    await store.complexes.setDay('gwangju', '2026-11-23', problem)
    await store.plans.put({ id: 'p', problem, plan: makePlan({ routes: [ROUND, OTHER] }) })
    expectRefusal(await app.inject({ method: 'POST', url: '/api/plans/p/links', payload: {} }), 409)
    await store.plans.confirm('p', 1, '{}')
    tokens = await give('p')
  })
  const give = async (plan: string): Promise<Record<string, string>> => {
    const given = await app.inject({ method: 'POST', url: `/api/plans/${plan}/links`, payload: {} })
    expect(given.statusCode, given.body).toBe(200)
    expectShape(DriverLinksSchema, given.json())
    url = given.json().items[0].url
    return Object.fromEntries(
      given.json().items.map((link: { route: string; url: string }) => [link.route, link.url.split('#')[1]]),
    )
  }
  const links = async (plan = 'p') => (await app.inject(`/api/plans/${plan}/links`)).json()
  const drive = async (phone?: keyof typeof KEYS, token = tokens.r1!) =>
    await atPhone(app, token, phone)('GET', '/api/drive')
  const send = async (events: object[], now = new Date().toISOString(), phone?: keyof typeof KEYS) =>
    await atPhone(app, tokens.r1!, phone)('POST', '/api/drive/events', { now, events })
  const kept = async (plan = 'p') => await store.actuals.list(plan)
  /** The last so many minutes. */
  const ago = (minutes: number) => new Date(Date.now() - 60_000 * minutes).toISOString()

  it('opens one round and nothing else, without prices', async () => {
    expect(url).toMatch(/^https:\/\/milkrun\.example\/drive\/#[\w-]+\.[\w-]{22}$/)
    const response = await drive()
    expect(response.statusCode, response.body).toBe(200)
    const round: Drive = response.json()
    expectShape(DriveSchema, round)
    expect(round).toMatchObject({ state: 'open', plan: 'p', route: 'r1', number: 1, revised: false })
    expect(round.stops.map(({ name, goods }) => [name, goods.map(({ shipment, way }) => [shipment, way])])).toEqual([
      ['supplier', [['plates', 'pickup']]],
      ['member', [['plates', 'delivery']]],
    ])
    expect(response.body).not.toMatch(/krw|cost|pins|r2/i)
    expect(response.headers['cache-control']).toContain('no-store')
    // the other round is the other link's
    expect((await drive('first', tokens.r2)).json()).toMatchObject({ route: 'r2', number: 2 })
  })

  it('is asked for once: who asks again, or twice at the same time, gets the same links', async () => {
    expect(await give('p')).toEqual(tokens)
    const twice = await Promise.all([give('p'), give('p')])
    expect(twice).toEqual([tokens, tokens])
  })

  it('refuses a token that nobody has made, one that was cut off, and one of another secret', async () => {
    const id = idOfToken(SECRET, tokens.r1!)!
    expect(linkUrl('https://milkrun.example', SECRET, id)).toBe(url)
    for (const forged of [`${id}.${'A'.repeat(22)}`, tokens.r1!.slice(0, -1), tokenOf('another secret', id), '', id])
      expect(expectRefusal(await drive('first', forged), 401).code).toBe('drive.forged')
    expect(expectRefusal(await drive('first', tokenOf(SECRET, 'nobodys')), 401).code).toBe('drive.forged')
  })

  it('is closed when it is revoked or over; what was done before its end still comes in', async () => {
    await drive()
    const id = idOfToken(SECRET, tokens.r1!)!
    await store.links.renew(id, new Date(Date.now() - 60_000 * 30))
    expect(expectRefusal(await drive(), 410).code).toBe('drive.expired')
    const late = await send([event('e1', 'departed', ago(60)), event('e2', 'arrived', ago(10), { stop: 0 })])
    expectShape(DriveTakenSchema, late.json())
    expect(late.json()).toMatchObject({ taken: ['e1'], refused: [{ id: 'e2' }] })
    const renewed = await app.inject({ method: 'POST', url: `/api/plans/p/links/${id}/renew` })
    expect(renewed.json().items.map(({ state }: { state: string }) => state)).toEqual(['living', 'living'])
    expect((await drive()).statusCode).toBe(200)
    await app.inject({ method: 'DELETE', url: `/api/plans/p/links/${id}` })
    expect(expectRefusal(await drive(), 410).code).toBe('drive.revoked')
    expectRefusal(await send([event('e3', 'departed', ago(60))]), 410)
    // a new link is another one, and the old stays closed
    const fresh = await give('p')
    expect(fresh.r2).toBe(tokens.r2)
    expect(fresh.r1).not.toBe(tokens.r1)
  })

  it('belongs to the first phone; another one needs the digits of the driver, and three wrong ones lock it', async () => {
    await store.dispatches.put('p', 'r1', 0, { state: 'accepted', driver: '기사 1', phone: '010-0000-0101' })
    const digits = async (given: string) =>
      await atPhone(app, tokens.r1!, 'second')('POST', '/api/drive/phone', { digits: given })
    expect((await drive()).statusCode).toBe(200)
    const asked = expectRefusal(await drive('second'), 403)
    expect(asked.code).toBe('drive.askDigits')
    expect(JSON.stringify(asked)).not.toContain('0101')
    expectRefusal(await send([event('x', 'departed', ago(5))], undefined, 'second'), 403)
    expect(expectRefusal(await digits('1234'), 403).code).toBe('drive.wrongDigits')
    expect((await digits('0101')).json()).toMatchObject({ route: 'r1', driver: '기사 1' })
    expect((await drive('second')).statusCode).toBe(200)
    expect((await drive('first')).statusCode).toBe(200)
    const id = idOfToken(SECRET, tokens.r1!)!
    await app.inject({ method: 'POST', url: `/api/plans/p/links/${id}/release` })
    await drive('first')
    for (const wrong of ['1111', '2222', '3333']) expectRefusal(await digits(wrong), 403)
    expect(expectRefusal(await digits('0101'), 403).code).toBe('drive.locked')
    // the driver goes on, and the coordinator sees what has happened
    expect((await drive('first')).statusCode).toBe(200)
    const [link] = (await links()).items
    expect(link.locked).toBe(true)
    expect(link.openings.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      'opened',
      'digits',
      'letIn',
      'opened',
      'digits',
      'digits',
      'locked',
    ])
    await app.inject({ method: 'POST', url: `/api/plans/p/links/${id}/release` })
    expect((await drive('second')).statusCode).toBe(200)
  })

  it('without a number of the driver is refused to another phone until the coordinator lets go of the first', async () => {
    await drive()
    for (let tried = 0; tried < 3; tried++)
      expect(expectRefusal(await drive('second'), 403).code).toBe('drive.otherPhone')
    const [link] = (await links()).items
    expect(link.openings.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['opened', 'refused'])
  })

  it('keeps the same event sent five times once, in order, hours late, by the right clock', async () => {
    await drive()
    // the phone goes three hours ahead: what it calls 14:00 was 11:00
    const ahead = (minutes: number) => new Date(Date.now() + 3 * 3_600_000 - 60_000 * minutes).toISOString()
    const events = [
      event('e1', 'departed', ahead(240)),
      event('e2', 'arrived', ahead(200), { stop: 0 }),
      event('e3', 'loaded', ahead(190), { stop: 0, shipment: 'plates', quantity: 200 }),
    ]
    for (let again = 0; again < 5; again++) {
      const response = await send(events, ahead(0))
      expect(response.json()).toMatchObject({ taken: ['e1', 'e2', 'e3'], refused: [] })
      expect(Math.abs(response.json().clockOffS + 10_800)).toBeLessThan(5)
    }
    await Promise.all([send(events, ahead(0)), send(events, ahead(0))])
    const list = await kept()
    expect(list.map(({ id, by }) => [id, by])).toEqual([
      ['e1', 'driver:r1'],
      ['e2', 'driver:r1'],
      ['e3', 'driver:r1'],
    ])
    expect(list[2]).toMatchObject({ quantity: 200, shipment: 'plates' })
    expect(Math.abs(Date.parse(list[0]!.at) - Date.parse(ago(240)))).toBeLessThan(5000)
    expect(Math.abs(list[0]!.clockOffS! + 10_800)).toBeLessThan(5)
    // nothing has happened later than now
    await send([event('e4', 'arrived', ahead(-600), { stop: 1 })], ahead(0))
    expect(Date.parse((await kept()).at(-1)!.at)).toBeLessThanOrEqual(Date.now())
  })

  it('takes stops out of order, part of the goods, problems, and what is taken back in time', async () => {
    await drive()
    const answer = await send([
      event('a', 'arrived', ago(50), { stop: 1 }),
      event('b', 'arrived', ago(90), { stop: 0 }),
      event('c', 'problem', ago(49), { stop: 1, problem: 'nobody', note: '문이 닫혀 있음', lng: 126.8, lat: 35.1 }),
      event('d', 'arrived', ago(45), { stop: 1, corrects: 'a', void: true }),
      event('e', 'arrived', ago(5), { stop: 0, corrects: 'b' }),
      event('f', 'delivered', ago(1), { stop: 7 }),
      { ...event('g', 'departed', ago(1)), plan: 'another' },
      event('h', 'arrived', ago(1)),
    ])
    expect(answer.json().taken).toEqual(['a', 'b', 'c', 'd'])
    // an hour later, not of this round, and of no stop: told, and in nobody's way
    expect(answer.json().refused.map(({ id }: { id: string }) => id)).toEqual(['e', 'f', 'g', 'h'])
    const { events } = (await drive()).json()
    expect(events.map(({ id, corrected }: { id: string; corrected?: true }) => [id, corrected === true])).toEqual([
      ['b', false],
      ['a', true],
      ['c', false],
      ['d', false],
    ])
    expect((await kept()).find(({ id }) => id === 'c')).toMatchObject({ problem: 'nobody', lng: 126.8 })
  })

  it('goes on to the plan that stands now, with what was done, and says when the round is gone', async () => {
    await drive()
    await send([event('a', 'arrived', ago(60), { stop: 0 })])
    const revised = await store.plans.revise('p', 2)
    // withdrawn, and nothing stands yet
    expect((await drive()).json()).toMatchObject({
      state: 'withdrawn',
      stops: [],
      coordinator: { phone: expect.any(String) },
    })
    const turned = {
      ...ROUND,
      stops: [{ ...OTHER.stops[0]!, site: 'member', arriveS: 27_000 }, ...ROUND.stops],
    }
    await store.plans.edit(revised.id, 1, makePlan({ routes: [turned] }))
    await store.plans.confirm(revised.id, 2, '{}')
    const round: Drive = (await drive()).json()
    expect(round).toMatchObject({ state: 'open', plan: revised.id, revised: true })
    // what was the first stop is the second now
    expect(round.events.map(({ id, stop }) => [id, stop])).toEqual([['a', 1]])
    // sent again after the answer was lost, and what the phone had done by the old plan
    await send([event('a', 'arrived', ago(60), { stop: 0 }), event('b', 'loaded', ago(50), { stop: 0 })])
    expect((await kept('p')).map(({ id }) => id)).toEqual(['a'])
    expect((await kept(revised.id)).map(({ id, stop }) => [id, stop])).toEqual([['b', 1]])
    expect((await give(revised.id)).r1).toBe(tokens.r1)
    // the round that is in the plan no more
    expect((await drive('first', tokens.r2)).json()).toMatchObject({ state: 'withdrawn', route: 'r2' })
  })

  it('brings photos and signatures once, cleaned of place and camera, and refuses what is none or too large', async () => {
    await drive()
    const proof = (id: string, data: Buffer, more: object = {}) =>
      atPhone(app, tokens.r1!)('POST', '/api/drive/proofs', {
        ...{ id, plan: 'p', stop: 1, kind: 'photo', at: ago(3), now: ago(0), data: data.toString('base64') },
        ...more,
      })
    for (let again = 0; again < 3; again++) expect((await proof('f1', CAMERA)).statusCode).toBe(200)
    expect((await proof('f2', CAMERA, { kind: 'signature', name: '김수령' })).statusCode).toBe(200)
    const listed = await app.inject('/api/plans/p/proofs')
    expectShape(ProofsSchema, listed.json())
    expect(listed.json().items.map(({ id, kind, stop, type, name }: Proof) => [id, kind, stop, type, name])).toEqual([
      ['f1', 'photo', 1, 'image/jpeg', undefined],
      ['f2', 'signature', 1, 'image/jpeg', '김수령'],
    ])
    const image = await app.inject('/api/plans/p/proofs/f1')
    expect(image.headers['content-type']).toBe('image/jpeg')
    expect(image.rawPayload.subarray(-2)).toEqual(Buffer.from([0xff, 0xd9]))
    expect(image.rawPayload.toString('latin1')).not.toMatch(/Exif|GPS|Seoul|trailing/)
    expect(image.rawPayload.length).toBe(CAMERA.length - 15 - 9 - 15)
    expectRefusal(await app.inject('/api/plans/p/proofs/nothing'), 404)
    expect((await drive()).json().proofs).toEqual(['f1', 'f2'])

    expect(expectRefusal(await proof('f3', Buffer.from('<svg onload="x"/>')), 415).code).toBe('proof.type')
    expectRefusal(await proof('f4', CAMERA.subarray(0, 40)), 415)
    // 30 MB straight from the camera: not even read
    expectRefusal(await proof('f5', Buffer.alloc(30 * 2 ** 20, 1)), 413)
    expect((await store.proofs.list('p')).length).toBe(2)
  })

  it('brings what the coordinator writes to this driver, and tells when it was read', async () => {
    await store.messages.add('p', 'coordinator', [
      { id: 'm1', route: 'r1', text: '후문으로 들어가세요' },
      { id: 'm2', route: 'r2', text: '다른 기사에게' },
    ])
    const read = await drive()
    expect(read.json().messages.map(({ text }: { text: string }) => text)).toEqual(['후문으로 들어가세요'])
    await atPhone(app, tokens.r1!)('POST', '/api/drive/seen', { messages: ['m1', 'm2'] })
    expect((await store.messages.of('p')).map(({ seenAt }) => seenAt !== undefined)).toEqual([true, false])
  })

  it('says that an address of this computer reaches no phone', async () => {
    expect(await links()).toMatchObject({ base: 'https://milkrun.example/', reachable: true })
    const alone = await openApp({ linkSecret: SECRET }, address)
    expect(
      (await alone.app.inject({ url: '/api/plans/p/links', headers: { host: '127.0.0.1:8080' } })).json(),
    ).toMatchObject({
      base: 'http://127.0.0.1:8080',
      reachable: false,
    })
  })
})
