/** What one client may ask of the service, in one place; GET /api/limits tells it to them. */
export interface Limits {
  /** Of one account, key or address. */
  readonly requestsPerMinute: number
  /** JSON of everything but problems and order files, which state their own limits. */
  readonly bodyBytes: number
  readonly headerBytes: number
  /** From the first byte of a request to the end of its headers, and to the end of its body. */
  readonly headersMs: number
  readonly requestMs: number
  /** An answer of which the client takes nothing for so long is given up. */
  readonly stalledMs: number
  /** Event streams that one account, key or address may hold open. */
  readonly streams: number
  /** Between two signs of life in a stream without news. */
  readonly heartbeatMs: number
  /** Work is refused while the event loop is later than this; 0: never. */
  readonly eventLoopDelayMs: number
}

export const DEFAULT_LIMITS: Limits = {
  requestsPerMinute: 1200,
  bodyBytes: 2 ** 20,
  headerBytes: 16 * 2 ** 10,
  headersMs: 20_000,
  requestMs: 120_000,
  stalledMs: 60_000,
  streams: 20,
  heartbeatMs: 15_000,
  eventLoopDelayMs: 2000,
}

/** The limits that node itself holds; it looks for slow clients this often at least. */
export const serverOptions = ({ headerBytes, headersMs, requestMs }: Limits) => ({
  maxHeaderSize: headerBytes,
  headersTimeout: Math.min(headersMs, requestMs),
  connectionsCheckingInterval: Math.min(2000, Math.ceil(headersMs / 4)),
})
