/** What is wrong before there is a request to answer: node gives us a socket, and perhaps the bytes that it could not read. */
import { STATUS_CODES } from 'node:http'
import { Socket } from 'node:net'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { errorBody, localeOf, Refusal } from './errors.ts'
import { newId } from './store/ids.ts'

type ConnectionError = Error & { readonly code: string; readonly rawPacket?: unknown }

const tooSlow = () =>
  new Refusal(408, 'request.tooSlow', {
    ko: '요청이 제때 다 오지 않아 연결을 닫았습니다. 연결을 확인하고 다시 보내세요.',
    en: 'The request did not arrive in time, and the connection was closed. Check the connection and send it again.',
  })
const headersTooLarge = () =>
  new Refusal(431, 'request.headersTooLarge', {
    ko: '요청의 헤더가 너무 깁니다. 쿠키와 헤더를 줄이세요.',
    en: 'The headers of the request are too long. Send fewer or shorter headers and cookies.',
  })
const unreadable = () =>
  new Refusal(400, 'request.unreadable', {
    ko: 'HTTP 요청으로 읽을 수 없습니다. HTTP/1.1 로 보내세요.',
    en: 'This cannot be read as an HTTP request. Speak HTTP/1.1.',
  })

function refusalOf(code: string): Refusal {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return tooSlow()
  return code === 'HPE_HEADER_OVERFLOW' ? headersTooLarge() : unreadable()
}

/** In the language that the headers asked for, as far as they came. */
const languageIn = (packet: unknown): string | undefined => {
  const text = Buffer.isBuffer(packet) ? packet.subarray(0, 65_536).toString('latin1') : ''
  return /^accept-language:[ \t]*([^\r\n]{0,200})/im.exec(text)?.[1]
}

/** Long enough for the answer to reach the client before the connection is gone. */
const LINGER_MS = 1000

/**
 * Closes a connection whose request was refused before all of it had come, without reading the rest. Closed at once with bytes unread,
 * the connection would be reset, and the client would often see that instead of the answer.
 */
export function leaveUnread({ raw }: FastifyRequest, reply: FastifyReply): void {
  const { socket } = raw
  if (raw.complete || !(socket instanceof Socket)) return
  reply.header('connection', 'close')
  // what node calls once the answer is written
  socket.destroySoon = () => {
    socket.end()
    socket.pause()
    setTimeout(() => socket.destroy(), LINGER_MS).unref()
  }
}

export function answerClientError(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  // in the middle of an answer there is no room for another one
  if (!socket.writable || socket.bytesWritten > 0) return void socket.destroy()
  const refusal = refusalOf(error.code)
  const request = newId()
  const body = JSON.stringify(errorBody(refusal, localeOf(languageIn(error.rawPacket)), request))
  const head = [
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${request}`,
    'Connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
  // whoever keeps sending would keep the socket
  setTimeout(() => socket.destroy(), LINGER_MS).unref()
}
