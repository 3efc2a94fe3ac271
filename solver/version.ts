import manifest from '../package.json' with { type: 'json' }

/** Version of the program, written into every plan. */
export const VERSION: string = manifest.version
