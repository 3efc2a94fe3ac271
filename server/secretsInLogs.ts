/** Never written, whoever logs a request, its body or an error with it. */
export const SECRETS_IN_LOGS: string[] = ['', '*.', '*.*.', '*.*.*.'].flatMap((depth) =>
  [
    'cookie',
    'authorization',
    '["set-cookie"]',
    '["x-milkrun-link"]',
    '["x-milkrun-phone"]',
    'password',
    'current',
    'next',
    'token',
    'key',
    'secret',
    'link',
    'hash',
  ].map((name) => (name.startsWith('[') ? `${depth.slice(0, -1)}${name}` : `${depth}${name}`)),
)
