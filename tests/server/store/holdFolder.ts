/** A process that takes the lock of a folder, says how that went, and holds it until its input ends. */
import { once } from 'node:events'
import { Refusal } from '../../../server/errors.ts'
import { lockFolder } from '../../../server/store/folderLock.ts'

try {
  const unlock = await lockFolder(process.argv[2]!)
  console.log('held')
  process.stdin.resume()
  await once(process.stdin, 'end')
  await unlock()
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  console.log(error.code)
}
