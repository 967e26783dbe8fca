import { migrate } from '../src/platform/database/migrations.ts'

/** Brings the database at DATABASE_URL up to date. The server does the same whenever it starts. */
const url = process.env['DATABASE_URL']
if (url === undefined) throw new Error('Set DATABASE_URL to the database to migrate')

const applied = await migrate(url)
console.log(applied.length === 0 ? 'The database is up to date' : `Applied ${applied.join(', ')}`)
