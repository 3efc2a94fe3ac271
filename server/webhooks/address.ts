/**
 * Where a webhook may point. The service must not become a way into the network that it stands in: what it is told to call is looked up
 * once, and only an address of the open internet is connected to, that very one. A service on loopback belongs to the person who runs it,
 * and may call what they can call.
 */
import { type LookupAddress, lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { Refusal } from '../errors.ts'
import { isLoopback } from '../loopback.ts'

/** RFC 6890 and the registries it founded: private, shared, link-local, loopback, documentation, multicast, translated, reserved. */
const CLOSED: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 9],
  ['ff00::', 8],
]
const closed = new BlockList()
for (const [network, bits] of CLOSED) closed.addSubnet(network, bits, isIP(network) === 6 ? 'ipv6' : 'ipv4')

/** Is it an address of the open internet? */
export const isOpenAddress = (address: string): boolean => {
  const family = isIP(address)
  return family !== 0 && !closed.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

export class ClosedAddress extends Error {
  override readonly name = 'ClosedAddress'
}

/** For a connection: the addresses of the name, none of them closed. Names with one closed address are refused whole. */
export const lookUpOpen: LookupFunction = (host, options, done) => {
  lookup(host, { ...options, all: true }, (error, found: LookupAddress[]) => {
    if (error) return done(error, [])
    const shut = found.find(({ address }) => !isOpenAddress(address))
    if (shut || found.length === 0) return done(new ClosedAddress(`${host} is ${shut?.address ?? 'nowhere'}`), [])
    if (options.all) return done(null, found)
    done(null, found[0]!.address, found[0]!.family)
  })
}

/** Refuses what can never be called; what a name stands for is seen when it is called. */
export function assertCallable(text: string, mayCallInside: boolean): void {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const host = url?.hostname.replace(/^\[|\]$/g, '') ?? ''
  const near = isLoopback(host)
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.username || url.password || url.hash) {
    throw refused({
      ko: 'https:// 로 시작하고 사용자 이름, 비밀번호, # 이 없는 주소를 적으세요.',
      en: 'Give an address that begins with https:// and has no user name, password or #.',
    })
  }
  if (url.protocol === 'http:' && !near) {
    throw refused({
      ko: '이 컴퓨터 밖으로는 https:// 로만 보냅니다.',
      en: 'Beyond this computer only https:// is used.',
    })
  }
  if (!mayCallInside && (near || host.endsWith('.localhost') || (isIP(host) !== 0 && !isOpenAddress(host)))) {
    throw refused({
      ko: '사설망이나 이 서버 자신의 주소로는 보내지 않습니다. 인터넷에서 닿는 주소를 적으세요.',
      en: 'Addresses of private networks and of the server itself are not called. Give one that is reached from the internet.',
    })
  }
}

const refused = (words: { readonly ko: string; readonly en: string }): Refusal =>
  new Refusal(400, 'webhook.address', words)
