const END = 0x06054b50
const CENTRAL = 0x02014b50
const END_BYTES = 22
const CENTRAL_BYTES = 46
/** Midnight of 1 January 1980, as zip has it: time, then date. */
const FIRST_INSTANT = 0x00210000

/** The same archive with the first instant that zip knows as the time of each file: when it was made says nothing. */
export function withStillClock(zip: Buffer): Buffer {
  const still = Buffer.from(zip)
  const end = still.length - END_BYTES
  if (still.readUInt32LE(end) !== END) throw new Error('an archive with a comment was not expected')
  let at = still.readUInt32LE(end + 16)
  for (let left = still.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (still.readUInt32LE(at) !== CENTRAL) throw new Error('an archive has another shape than expected')
    still.writeUInt32LE(FIRST_INSTANT, at + 12)
    still.writeUInt32LE(FIRST_INSTANT, still.readUInt32LE(at + 42) + 10)
    at += CENTRAL_BYTES + still.readUInt16LE(at + 28) + still.readUInt16LE(at + 30) + still.readUInt16LE(at + 32)
  }
  return still
}
