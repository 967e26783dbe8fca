import type { Comparison } from './rounds.ts'

export type Results = {
  readonly machine: {
    readonly cpus: number
    readonly node: string
    /** Other work on the machine: the load average of the minute before. */
    readonly load_before: number
    readonly load_after: number
    readonly fsync_us: number
  }
  readonly comparisons: readonly Comparison[]
  readonly reports_stored: number
  readonly rss_mib: number
  readonly cold_start_seconds: number
  readonly seconds: number
}

/** What is promised: shares of the bare server's speed, MiB, seconds. */
const BARS = { ratio: 0.5, rss_mib: 250, cold_start_seconds: 2 }
const BARRED = ['submit', 'list of 50']

const HEAD = [
  'a second, at 10 connections',
  'ours',
  'bare',
  'ratio',
  'guarded',
  'ratio',
  'ours p50',
  'p95 ms',
  'bare p50',
  'p95 ms',
]

export function printTable({ machine, comparisons, ...results }: Results): void {
  const rows = comparisons.map(({ name, figures: { ours, bare, guarded }, ratio }) => [
    name,
    ...[ours, bare].map(({ per_second }) => per_second.toFixed(0)),
    ratio.bare.toFixed(2),
    guarded.per_second.toFixed(0),
    ratio.guarded.toFixed(2),
    ...[ours.p50_ms, ours.p95_ms, bare.p50_ms, bare.p95_ms].map((ms) => ms.toFixed(1)),
  ])
  for (const row of [HEAD, ...rows])
    console.log(row.map((cell, at) => (at === 0 ? cell.padEnd(28) : cell.padStart(9))).join(''))
  console.log(
    'bare: stores in the open and checks nothing; guarded: the same behind sign-in, schema, transaction and log',
  )
  const verdict = (holds: boolean) => (holds ? 'holds' : 'MISSED')
  const memory = `${results.rss_mib.toFixed(0)} MiB of server memory after ${String(results.reports_stored)} reports`
  console.log(`\n${memory} (at most ${String(BARS.rss_mib)}): ${verdict(results.rss_mib <= BARS.rss_mib)}`)
  const start = results.cold_start_seconds
  console.log(
    `${start.toFixed(2)} s from npm start to ready (at most ${String(BARS.cold_start_seconds)}): ${verdict(start <= BARS.cold_start_seconds)}`,
  )
  for (const { name, ratio } of comparisons.filter(({ name }) => BARRED.includes(name)))
    console.log(
      `${name}: ${ratio.bare.toFixed(2)} of the bare server (at least ${String(BARS.ratio)}): ${verdict(ratio.bare >= BARS.ratio)}`,
    )
  const { cpus, node, load_before, load_after, fsync_us } = machine
  const load = `load ${load_before.toFixed(1)} before, ${load_after.toFixed(1)} after`
  console.log(
    `\n${String(cpus)} processors, Node ${node}, ${load}, fsync ${fsync_us.toFixed(0)} µs; took ${results.seconds.toFixed(0)} s`,
  )
}
