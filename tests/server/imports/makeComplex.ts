import type { ComplexData } from '../../../server/imports/complexData.ts'

const HOURS: [number, number][] = [[8 * 3600, 18 * 3600]]

/** Two members, a stockist and a heat treater near Gwangju, one hired truck. */
export function makeComplex(changes: Partial<ComplexData> = {}): ComplexData {
  return {
    complex: {
      id: 'test',
      name: { ko: '시험 단지', en: 'Test complex' },
      lng: 126.765,
      lat: 35.125,
      timeZone: 'Asia/Seoul',
      synthetic: true,
    },
    sites: [
      { id: 'A01', name: '금형A01', lng: 126.76, lat: 35.12, windows: HOURS },
      { id: 'A02', name: '금형A02', lng: 126.77, lat: 35.13, windows: HOURS },
      { id: 'steel', name: '강재L1', aliases: ['하남강재'], lng: 126.8, lat: 35.2, windows: HOURS },
      { id: 'heat', name: '열처리1', lng: 126.8, lat: 35.18, windows: HOURS },
    ],
    firms: [
      { id: 'firm-A01', name: '금형A01', site: 'A01', businessNumber: '999-81-00015' },
      { id: 'firm-A02', name: '금형A02', site: 'A02', businessNumber: '999-81-00029' },
    ],
    fleet: [{ id: 'hired', truck: '5t', kind: 'hired', shifts: HOURS, count: 1, tariff: 'hired', capacityKg: 5000 }],
    tariffs: [
      {
        id: 'hired',
        kind: 'hired',
        baseKrw: 1,
        perKmKrw: 1,
        minimumKrw: 1,
        stopFeeKrw: 1,
        includedStops: 2,
        tollIncluded: true,
      },
    ],
    orders: {
      service: { fixedS: 300, perKgS: 0.12 },
      nextDay: { maxKg: 300, days: 1 },
      newSite: { windows: HOURS, stopS: 900 },
      sameDayWords: ['열처리', '당일'],
      aloneWords: ['완성금형', '독차'],
      morning: [8 * 3600, 12 * 3600],
      afternoon: [13 * 3600, 17.5 * 3600],
    },
    ...changes,
  }
}
