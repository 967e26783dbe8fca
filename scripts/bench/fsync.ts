import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import path from 'node:path'
import { median } from './rounds.ts'

const TIMES = 100
const BLOCK = Buffer.alloc(8_192, 1)

/** What it costs here to put one block on the disk for good: the floor under every commit of either server. */
export function fsyncMicroseconds(folder: string): number {
  const file = openSync(path.join(folder, 'fsync'), 'w')
  const took = Array.from({ length: TIMES }, () => {
    const started = performance.now()
    writeSync(file, BLOCK)
    fdatasyncSync(file)
    return (performance.now() - started) * 1_000
  })
  closeSync(file)
  return median(took)
}
