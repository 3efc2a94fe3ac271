/** A list of firms, uploaded for a study of complexes. Nothing is kept: the entry goes into the document of the study. */
import { Type } from 'typebox'
import { FirmListSchema } from '../api.ts'
import { localeOf } from '../errors.ts'
import { readInThread } from '../jobs/readFile.ts'
import { entryOfFirms } from '../studies/firmList.ts'
import { MAX_FILE_BYTES, readFileOf, takeSheets, takesFile } from './imports.ts'
import { type App, refusals, type Service } from './service.ts'

const FirmsQuery = Type.Object({
  name: Type.Optional(Type.String({ maxLength: 255, description: 'name of the file, which names the complex' })),
  id: Type.Optional(Type.String({ minLength: 1, maxLength: 80, description: 'of the entry; default: own' })),
})

/** Registered as a plugin of its own, so that sheets are accepted here and nowhere else. */
export const studyFirmRoutes =
  ({ geocoders }: Pick<Service, 'geocoders'>) =>
  async (app: App) => {
    await takeSheets(app)
    app.post(
      '/api/studies/firms',
      {
        config: { access: 'study.run' },
        bodyLimit: MAX_FILE_BYTES,
        schema: {
          ...takesFile,
          tags: ['studies'],
          summary: 'Read a list of firms (xlsx or csv) as an entry of a study of complexes; every fault is told',
          querystring: FirmsQuery,
          response: { 200: FirmListSchema, ...refusals },
        },
      },
      async (request) => {
        const { bytes, fileName } = await readFileOf(request, request.query.name)
        const locale = localeOf(request.headers['accept-language'])
        const read = await readInThread({ kind: 'firms', bytes, options: { locale, fileName } })
        const { id = 'own' } = request.query
        const { rows, entry, issues } = await entryOfFirms(read, { id, fileName, locale, geocoders })
        return { rows, entry, issues: [...issues] }
      },
    )
  }
