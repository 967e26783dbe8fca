import type { Statement } from './schema.ts'

type Kind = 'case' | 'person'
type Words = {
  readonly destroyed: readonly Statement[]
  readonly remains: readonly Statement[]
  readonly beyond_reach: readonly Statement[]
}

const say = (code: string, words: string): Statement => ({ code, words })

const record = say(
  'erasure_record',
  'This record: who proposed and who confirmed it, on which days, on what ground, and how many rows of which table went.',
)
const trail = say(
  'audit_trail',
  'The audit trail: that acts were done on these ids, by whom and when. It holds no content, no name and no key.',
)

const backups = say(
  'backups',
  'Backups made before: whoever has one and the passphrase of somebody who was on the team opens it as before, until the backup expires. When one is restored, the register of erasures is replayed before anything is served.',
)
const disk = say(
  'disk_and_log',
  'The write-ahead log of the database, and places of the disk that were given back and not yet written over. The tables that hold keys are written afresh each night after an erasure.',
)
const sessions = say(
  'sessions',
  'Keys in the memory of sessions that are open now, until they end: twelve hours at most.',
)
const handedOut = say(
  'handed_out',
  'Archives of the case, documents, letters and files that were downloaded or sent: they are where they were taken to.',
)
const recipients = say(
  'recipients',
  'Copies at those it was shared with: other organisations of the coalition, providers, courts and UN bodies.',
)
const statistics = say(
  'statistics',
  'Statistics that were released, and the frozen figures behind each release, sealed for the coordinators: coded facts without names, kept so that a release can be checked.',
)

const common = [backups, disk, sessions, handedOut, recipients]

const words: Record<Kind, Words> = {
  case: {
    destroyed: [
      say('keyring', 'The keyring of the case: every version of its root, for every member who ever held it.'),
      say(
        'record_keys',
        'The key of every record of the case, for every reader, the statistics of coordinators included.',
      ),
      say(
        'records',
        'Every record of the case, its team, walls and reminders, the reports that were linked to it, and its referrals: whoever received one inside the coalition reads it no more.',
      ),
      say(
        'persons',
        'The persons who were in no other case. Who is in another stays there, and is taken out of this one.',
      ),
      say('files', 'The keys of the files of evidence, and then their pieces in the store.'),
      say('services', 'Services delivered to the people of the case: totals of spending no longer count them.'),
    ],
    remains: [record, trail, say('reference', 'The reference of the case, a random word that stands on letters.')],
    beyond_reach: [...common, statistics],
  },
  person: {
    destroyed: [
      say(
        'identity',
        'Who the person is: names, birth, contacts, documents, notes, and the coded facts of the record.',
      ),
      say('search', 'What finds the person by name.'),
    ],
    remains: [
      record,
      trail,
      say('links', 'That an erased person is in the case, in which role, and how others there stand to that person.'),
      say(
        'texts',
        'What other records of the case say of the person: reports, notes, findings, files. They stay until the case is erased.',
      ),
    ],
    beyond_reach: [...common, statistics],
  },
}

/** What an erasure does and does not reach, in plain words. */
export const wordsFor = (kind: Kind): { [K in keyof Words]: Statement[] } => {
  const { destroyed, remains, beyond_reach } = words[kind]
  return { destroyed: [...destroyed], remains: [...remains], beyond_reach: [...beyond_reach] }
}
