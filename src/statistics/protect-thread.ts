import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { keyedHash } from '../platform/crypto/code.ts'
import { Secret } from '../platform/crypto/secret.ts'
import { protect } from './protection/protect.ts'
import type { Draw } from './protection/types.ts'
import type { Task } from './threads.ts'

const SECONDS_MAX = 300
const SPAN = 2 ** 48

const { cube, records, earlier, seed } = z.custom<Task>().parse(workerData)
const key = new Secret(seed)

/** 48 bits of a keyed hash, as a number from 0 to 1. */
const draw: Draw = (purpose, text) => keyedHash(key, `statistics-${purpose}`, text).readUIntBE(0, 6) / SPAN

const outcome = await protect(cube, records, {
  draw,
  earlier,
  seconds_max: SECONDS_MAX,
  onProgress: (progress) => parentPort?.postMessage({ progress }),
})
parentPort?.postMessage({ outcome })
